import * as v from 'valibot';
import type { NumberOutputKind } from './output-kind';
import { singleScore } from './single-score';

const schema = v.strictObject({ type: v.literal('identity') });

export type IdentitySpec = v.InferOutput<typeof schema>;

/** The single score as it is. */
export const identity: NumberOutputKind<IdentitySpec> = {
  type: 'identity',
  task: 'regression',
  scoreUnit: 'value',
  schema,
  compile: (_, scores, __, path) => ({ value: singleScore(scores, path) }),
  describe: () => 'the score itself',
};
