import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import type { NumberOutputKind } from './output-kind';

const schema = v.strictObject({ type: v.literal('identity') });

export type IdentitySpec = v.InferOutput<typeof schema>;

/** The single score as it is. */
export const identity: NumberOutputKind<IdentitySpec> = {
  type: 'identity',
  task: 'regression',
  schema,
  compile(_, scores, __, path) {
    if (scores.length !== 1) {
      throw new ArtifactError(path, `needs one score, but the predictor gives ${scores.length}`);
    }
    return { value: () => scores[0]! };
  },
  describe: () => 'the score itself',
};
