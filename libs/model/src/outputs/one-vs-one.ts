import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { float64Values, numericArraySchema } from '../artifact/numeric-array';
import type { ClassOutputKind } from './output-kind';
import { coupleProbabilities } from './pairwise-coupling';
import { PairVotes } from './pair-votes';

const schema = v.strictObject({
  type: v.literal('one-vs-one'),
  /** Whether classes with equal votes are told apart by their confidences; otherwise the first one wins. */
  breakTies: v.optional(v.boolean()),
  /** Platt's sigmoid of each pair, `1/(1 + exp(a·score + b))`; no probabilities where it is absent. */
  sigmoids: v.optional(v.strictObject({ a: numericArraySchema, b: numericArraySchema })),
});

export type OneVsOneSpec = v.InferOutput<typeof schema>;

/** The least probability of a pair, in libsvm. */
const LEAST = 1e-7;

/**
 * Votes of pairs: one score for each pair of classes (0,1), (0,2) …, above 0 for its first class. As libsvm, the
 * class has the most votes, also where its probability is not the highest.
 */
export const oneVsOne: ClassOutputKind<OneVsOneSpec> = {
  type: 'one-vs-one',
  task: 'classification',
  schema,
  compile({ breakTies = false, sigmoids }, scores, classCount, path) {
    const pairs = (classCount * (classCount - 1)) / 2;
    if (scores.length !== pairs) {
      const problem = `needs ${pairs} scores, one for each pair of classes, but the predictor gives ${scores.length}`;
      throw new ArtifactError(path, problem);
    }
    const votes = new PairVotes(classCount);
    /** A score of exactly 0 is a vote for the second class in libsvm, for the first in scikit-learn. */
    const count = (zeroIsSecond: boolean): void => {
      votes.clear();
      for (let pair = 0; pair < pairs; pair++) {
        const score = scores[pair]!;
        votes.add(score < 0 || (zeroIsSecond && score === 0), -score);
      }
    };
    const a = float64Values(sigmoids?.a ?? []);
    const b = float64Values(sigmoids?.b ?? []);
    if (sigmoids && (a.length !== pairs || b.length !== pairs)) {
      throw new ArtifactError(`${path}.sigmoids`, `must have ${pairs} elements in each list`);
    }
    const pairwise = new Float64Array(classCount * classCount);
    return {
      hasProbabilities: sigmoids !== undefined,
      classIndex() {
        const isByConfidence = breakTies && classCount > 2;
        count(!isByConfidence);
        return isByConfidence ? votes.mostConfident() : votes.most();
      },
      probabilities(_, into) {
        for (let i = 0, pair = 0; i < classCount; i++) {
          for (let j = i + 1; j < classCount; j++, pair++) {
            const plain = sigmoid(a[pair]! * scores[pair]! + b[pair]!);
            const probability = Math.min(Math.max(plain, LEAST), 1 - LEAST);
            pairwise[i * classCount + j] = probability;
            pairwise[j * classCount + i] = 1 - probability;
          }
        }
        coupleProbabilities(pairwise, into);
      },
      decision(index) {
        if (classCount === 2) return -scores[0]!;
        count(false);
        return votes.confidence(index);
      },
    };
  },
  describe: ({ sigmoids }) =>
    `votes of pairs${sigmoids ? ', coupled sigmoids' : ', no probabilities'}`,
};

/** 1/(1 + exp(x)) without overflow. */
function sigmoid(x: number): number {
  return x >= 0 ? Math.exp(-x) / (1 + Math.exp(-x)) : 1 / (1 + Math.exp(x));
}
