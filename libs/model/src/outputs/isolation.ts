import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import type { ClassOutputKind } from './output-kind';

const finite = v.pipe(v.number(), v.finite());

const schema = v.strictObject({
  type: v.literal('isolation'),
  /** Anomaly scores of this or more are outliers; between 0 and 1. */
  threshold: finite,
});

export type IsolationSpec = v.InferOutput<typeof schema>;

/**
 * Outliers and inliers by the mean length x of a row's paths, relative to that in a random tree: the anomaly
 * score is 2^-x (Liu, Ting and Zhou, 2008). The first class is the outliers'.
 */
export const isolation: ClassOutputKind<IsolationSpec> = {
  type: 'isolation',
  task: 'classification',
  schema,
  compile({ threshold }, scores, classCount, path) {
    if (scores.length !== 1 || classCount !== 2) {
      throw new ArtifactError(
        path,
        `needs one score and two classes, not ${scores.length} and ${classCount}`,
      );
    }
    return {
      hasProbabilities: false,
      // scikit-learn: an outlier has a negative decision, which is offset - 2^-x turned round.
      classIndex: () => Number(threshold - 2 ** -scores[0]! >= 0),
      probabilities: () => undefined,
    };
  },
  describe: ({ threshold }) => `outlier where 2^-score is above ${threshold}`,
};
