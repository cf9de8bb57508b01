import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import type { ClassOutputKind } from './output-kind';

const finite = v.pipe(v.number(), v.finite());

const schema = v.strictObject({
  type: v.literal('isolation'),
  /** Rows with an anomaly score above this are outliers; 0.5 where it is absent. */
  threshold: v.optional(finite),
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
  compile({ threshold = 0.5 }, scores, classCount, path) {
    if (scores.length !== 1 || classCount !== 2) {
      throw new ArtifactError(
        path,
        `needs one score and two classes, not ${scores.length} and ${classCount}`,
      );
    }
    return {
      hasProbabilities: false,
      // scikit-learn calls rows with a negative decision outliers.
      classIndex: () => Number(threshold - 2 ** -scores[0]! >= 0),
      probabilities: () => undefined,
    };
  },
  describe: ({ threshold = 0.5 }) => `outlier where 2^-score is above ${threshold}`,
};
