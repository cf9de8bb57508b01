import { numberOf } from '../../files/numpy/scalar-of';
import type { Estimator } from '../contract/estimator';

/** `transformer_weights`: what the outputs of some parts are multiplied by. */
export function partWeights(owner: Estimator): ReadonlyMap<string, number> {
  const value = owner.get('transformer_weights');
  if (value === null) return new Map();
  const entries = value instanceof Map ? [...value] : [[null, null] as const];
  return new Map(
    entries.flatMap(([name, weight]) => {
      if (weight === null && typeof name === 'string') return [];
      const number = numberOf(weight);
      if (typeof name === 'string' && number !== undefined && Number.isFinite(number)) {
        return [[name, number] as const];
      }
      throw owner.fault('is not a dictionary of numbers', 'Save it again.', 'transformer_weights');
    }),
  );
}
