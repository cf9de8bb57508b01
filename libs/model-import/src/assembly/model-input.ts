import { stringsOf } from '../estimators/contract/arrays';
import type { ModelInput } from '../estimators/contract/converter';
import { converterOf } from '../estimators/registry/converters';
import type { Estimator } from '../estimators/contract/estimator';
import { LIMITS } from '../estimators/contract/limits';
import { asNdArray } from '../files/numpy/as-nd-array';
import { unsupported } from './unsupported';

/** Attributes that have one element or column for each feature, for files that do not state their number. */
const PER_FEATURE = [
  'coef_',
  'scale_',
  'mean_',
  'center_',
  'statistics_',
  'var_',
  'theta_',
  '_fit_X',
];

/**
 * How many columns a fitted estimator takes, and their names where it has them. Every step of a pipeline must be
 * supported: a class that is not is named before anything is said about its columns.
 * @throws ModelImportError where the number is not stated anywhere, or beyond the limit
 */
export function modelInput(estimator: Estimator): ModelInput {
  const input = inputOf(estimator, { depth: 0, visit: { left: LIMITS.pipelineSteps } });
  if (!input) {
    throw estimator.fault(
      'does not say how many features it takes',
      'If it is fitted, save it again with scikit-learn 1.0 or later; else call fit before saving it.',
    );
  }
  if (input.count > LIMITS.features) {
    throw estimator.fault(
      `takes ${input.count} features, more than ${LIMITS.features}`,
      'Select the features that matter before fitting.',
    );
  }
  return input;
}

/** How deep the search is, and how many estimators it may still visit. */
interface Search {
  readonly depth: number;
  readonly visit: { left: number };
}

function inputOf(estimator: Estimator, search: Search): ModelInput | undefined {
  const converter = converterOf(estimator.key);
  if (!converter) throw unsupported(estimator);
  if (search.depth > LIMITS.nesting || --search.visit.left < 0) {
    throw estimator.fault(
      'is nested too deep, or one of too many steps',
      'Save a flat pipeline of the steps that matter.',
    );
  }
  const inner: Search = { ...search, depth: search.depth + 1 };
  switch (converter.role) {
    case 'wrapper':
      return inputOf(estimator.inner(converter.attribute), inner);
    case 'pipeline': {
      const inputs = converter.steps(estimator).map((step) => inputOf(step, inner));
      return inputs.find((input) => input !== undefined);
    }
    default: {
      const count = countOf(estimator);
      if (count === undefined) {
        const inside = converter.inputInside?.(estimator);
        return inside ? inputOf(inside, inner) : converter.input?.(estimator);
      }
      return { count, names: namesOf(estimator, count) ?? converter.input?.(estimator)?.names };
    }
  }
}

/** `n_features_in_` (since 0.23), `n_features_` of trees before, else the length of what was fitted. */
function countOf(estimator: Estimator): number | undefined {
  for (const name of ['n_features_in_', 'n_features_', '_n_features']) {
    const stated = estimator.number(name);
    if (stated !== undefined && Number.isSafeInteger(stated) && stated > 0) return stated;
  }
  for (const name of PER_FEATURE) {
    const shape = asNdArray(estimator.get(name))?.shape;
    if (shape && shape.length > 0 && shape.at(-1)! > 0) return shape.at(-1)!;
  }
  return undefined;
}

/** Names that the estimator was fitted on, where it was fitted on a table with text names. */
function namesOf(estimator: Estimator, count: number): readonly string[] | undefined {
  if (!estimator.has('feature_names_in_')) return undefined;
  const names = stringsOf(estimator.get('feature_names_in_'));
  if (names?.length === count) return names;
  throw estimator.fault(
    `does not name its ${count} features`,
    'Check the model in Python and save it again.',
    'feature_names_in_',
  );
}
