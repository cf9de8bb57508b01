import type { Metrics } from '@inferserve/model';
import type { FittedModel } from './fit-model';

/** How many digits of a figure are kept that went through `Math.exp` or `Math.log`. */
export const PORTABLE_DIGITS = 12;

/**
 * Rounds to 12 significant digits. ECMAScript leaves the last digit of `Math.exp` and `Math.log` to the
 * machine; after 5,000 steps weights would differ by about 1e-14, and the artifact would not be reproducible.
 */
export function portable(value: number): number {
  return Number(value.toPrecision(PORTABLE_DIGITS));
}

/** The model with portable weights; the scaler is plain arithmetic, the same everywhere as it is. */
export function portableModel({ scaler, weights }: FittedModel): FittedModel {
  return {
    scaler,
    weights: {
      coefficients: weights.coefficients.map((row) => row.map(portable)),
      intercepts: weights.intercepts.map(portable),
    },
  };
}

/** The metrics with portable log-loss and Brier score; counts and their shares stay exact. */
export function portableMetrics<M extends Metrics>(metrics: M): M {
  const { logLoss, brier } = metrics;
  return {
    ...metrics,
    ...(logLoss !== undefined && { logLoss: portable(logLoss) }),
    ...(brier !== undefined && { brier: portable(brier) }),
  };
}
