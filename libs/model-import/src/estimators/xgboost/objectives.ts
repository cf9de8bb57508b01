import type { ClassOutputSpec, NumberOutputSpec } from '@inferserve/model';

/** How `base_score` becomes a score: unchanged, or through the link of the objective. */
type Link = 'identity' | 'logit' | 'log';

/** What becomes of the scores of an objective. */
export interface Objective {
  readonly link: Link;
  readonly classes?: ClassOutputSpec;
  readonly number?: NumberOutputSpec;
}

const IDENTITY: Objective = { link: 'identity', number: { type: 'identity' } };
const LOG: Objective = { link: 'log', number: { type: 'exp', precision: 'float32' } };
const SOFTMAX: Objective = { link: 'identity', classes: { type: 'softmax-float32' } };

/** The objectives that are supported; those for ranking and survival give neither a class nor a value. */
export const OBJECTIVES: ReadonlyMap<string, Objective> = new Map<string, Objective>([
  [
    'binary:logistic',
    {
      link: 'logit',
      classes: { type: 'sigmoid-float32' },
      number: { type: 'logistic-float32' },
    },
  ],
  // The wrapper compares the raw score with 1/2, as if it were a probability.
  [
    'binary:logitraw',
    {
      link: 'identity',
      classes: { type: 'scores-only', threshold: 0.5 },
      number: { type: 'identity' },
    },
  ],
  ['binary:hinge', { link: 'identity', classes: { type: 'scores-only' } }],
  ['multi:softprob', SOFTMAX],
  ['multi:softmax', SOFTMAX],
  ['reg:squarederror', IDENTITY],
  ['reg:linear', IDENTITY],
  ['reg:squaredlogerror', IDENTITY],
  ['reg:pseudohubererror', IDENTITY],
  ['reg:absoluteerror', IDENTITY],
  ['reg:quantileerror', IDENTITY],
  ['reg:logistic', { link: 'logit', number: { type: 'logistic-float32' } }],
  ['count:poisson', LOG],
  ['reg:gamma', LOG],
  ['reg:tweedie', LOG],
]);

/** Where the sums start, in single precision as XGBoost computes it (ProbToMargin of each objective). */
export function marginOf(score: number, link: Link): number {
  if (link === 'log') return Math.fround(Math.log(score));
  if (link === 'identity') return score;
  return Math.fround(-Math.log(Math.fround(Math.fround(1 / score) - 1)));
}
