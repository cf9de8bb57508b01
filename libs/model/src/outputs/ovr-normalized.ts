import * as v from 'valibot';
import { highestScore } from './highest-score';
import { normalizeLogWeights } from './normalize-log-weights';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({ type: v.literal('ovr-normalized') });

export type OvrNormalizedSpec = v.InferOutput<typeof schema>;

/** One against the rest: the sigmoid of each score, normalised; for a single score the plain sigmoid. */
export const ovrNormalized: ClassOutputKind<OvrNormalizedSpec> = {
  type: 'ovr-normalized',
  task: 'classification',
  scoreUnit: 'log-odds',
  schema,
  compile(_, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'allowed');
    return {
      hasProbabilities: true,
      classIndex: () => highestScore(scores),
      probabilities(unit, into) {
        if (scores.length === 1) {
          into[0] = 0;
          into[1] = scores[0]!;
        } else {
          for (let k = 0; k < into.length; k++) into[k] = logSigmoid(scores[k]!, unit);
        }
        normalizeLogWeights(into, unit);
      },
    };
  },
  describe: () => 'sigmoid of each score, normalised',
};

/** ln(1/(1+exp(-z))); its asymptote min(z, 0) where scores are multiples of a tiny unit. */
function logSigmoid(score: number, unit: number): number {
  const asymptote = Math.min(score, 0);
  return unit === 1 ? asymptote - Math.log1p(Math.exp(-Math.abs(score))) : asymptote;
}
