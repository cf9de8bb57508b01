import { Estimator } from '../contract/estimator';
import { LIMITS } from '../contract/limits';
import { frozenEstimator, searches } from './wrappers';

const ATTRIBUTES: ReadonlyMap<string, string> = new Map(
  [searches, frozenEstimator].flatMap(({ names, attribute }) =>
    names.map((name) => [name, attribute] as const),
  ),
);

/** The estimator inside search results and frozen wrappers. */
export function unwrapped(root: Estimator): Estimator {
  let estimator = root;
  for (let depth = 0; depth <= LIMITS.nesting; depth++) {
    const attribute = ATTRIBUTES.get(estimator.key);
    if (attribute === undefined) return estimator;
    estimator = estimator.inner(attribute);
  }
  throw root.fault('is nested too deep', 'Save the fitted estimator inside it alone.');
}
