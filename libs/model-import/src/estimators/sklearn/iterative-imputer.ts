import { float64Values, packArray, packMatrix } from '@inferserve/model';
import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { numberOf } from '../../files/numpy/scalar-of';
import { PyObject, type PyValue } from '../../files/values/py-value';
import { arrayOf } from '../contract/arrays';
import type { ConvertContext, TransformerConverter } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';
import { LIMITS } from '../contract/limits';
import { missingMarker } from './missing-values';
import { imputed } from './imputed';

const SAVE_AGAIN = 'Check the model in Python and save it again.';

/** One estimate of one column from others: a triplet of `imputation_sequence_`. */
interface Step {
  readonly column: number;
  /** A weight for every column that the imputer keeps. */
  readonly weights: Float64Array;
  readonly intercept: number;
}

/** Missing values filled, then estimated in turn; columns that had no value in training are left out. */
export const iterativeImputer: TransformerConverter = {
  names: ['sklearn.IterativeImputer'],
  role: 'transformer',
  docs: 'BayesianRidge, the default, and other linear models as estimator; every initial_strategy and imputation_order; min_value, max_value, n_nearest_features, missing_values, add_indicator',
  versions: '0.23 to 1.9',
  exactness: '1e-12',
  missing: 'handled',
  convert(imputer, input, context) {
    checkSettings(imputer);
    const marker = missingMarker(imputer);
    const statistics = decodeNumbers(arrayOf(imputer.inner('initial_imputer_'), 'statistics_'));
    if (statistics.length !== input.length) {
      throw imputer.fault(
        `has ${statistics.length} fill values for ${input.length} columns`,
        SAVE_AGAIN,
        'initial_imputer_',
      );
    }
    if (marker !== null) input.rejectMissing();
    const kept = [...statistics.keys()].filter((j) => !Number.isNaN(statistics[j]!));
    const steps = stepsOf(imputer, kept.length, context);
    const weights = new Float64Array(steps.length * kept.length);
    for (const [i, step] of steps.entries()) weights.set(step.weights, i * kept.length);
    const limit = (name: string): (number | null)[] => {
      if (steps.length === 0) return [];
      const limits = decodeNumbers(arrayOf(imputer, name));
      return steps.map(({ column }) => (Number.isFinite(limits[column]!) ? limits[column]! : null));
    };
    return imputed(imputer, marker, input, kept, {
      specs: [
        {
          type: 'impute-iteratively',
          fill: packArray(kept.map((j) => statistics[j]!)),
          columns: packArray(Int32Array.from(steps, ({ column }) => column)),
          weights: packMatrix(weights, kept.length),
          intercepts: packArray(Float64Array.from(steps, ({ intercept }) => intercept)),
          least: limit('_min_value'),
          most: limit('_max_value'),
          ...(marker !== null && { missing: Number(marker) }),
          from: imputer.className,
        },
      ],
      output: Layout.computed(kept.map((j) => input.columns[j]!.name)),
    });
  },
};

function checkSettings(imputer: Estimator): void {
  if (imputer.flag('sample_posterior', false)) {
    throw imputer.fault(
      'draws its estimates at random',
      'Fit it with sample_posterior=False.',
      'sample_posterior',
    );
  }
  if (imputer.flag('keep_empty_features', false)) {
    throw imputer.fault(
      'keeps columns that had no value in training, by a rule that changed between versions',
      'Leave these columns out before fitting.',
      'keep_empty_features',
    );
  }
}

function stepsOf(imputer: Estimator, width: number, context: ConvertContext): Step[] {
  // Without any round the values stay as they were filled.
  const sequence = imputer.number('n_iter_') === 0 ? [] : imputer.require('imputation_sequence_');
  if (!Array.isArray(sequence) || sequence.length * width > LIMITS.weights) {
    throw imputer.fault('is not a list of steps that fits', SAVE_AGAIN, 'imputation_sequence_');
  }
  return sequence.map((triplet) => stepOf(imputer, triplet, width, context));
}

function stepOf(
  imputer: Estimator,
  triplet: PyValue,
  width: number,
  context: ConvertContext,
): Step {
  const [index, others, value] = triplet instanceof PyObject ? triplet.args : [];
  const column = numberOf(index ?? null) ?? -1;
  const array = asNdArray(others);
  const neighbours = array && array.size < width ? [...decodeNumbers(array)] : [];
  const estimator = Estimator.from(value);
  const isColumn = (j: number): boolean => Number.isInteger(j) && j >= 0 && j < width;
  const isSound =
    array?.size === neighbours.length &&
    isColumn(column) &&
    neighbours.every((j) => isColumn(j) && j !== column) &&
    new Set(neighbours).size === neighbours.length;
  if (!isSound || !estimator) {
    throw imputer.fault(
      'holds something that is not a step over its columns',
      SAVE_AGAIN,
      'imputation_sequence_',
    );
  }
  const names = neighbours.map(() => undefined);
  const { predictor, pipeline, output } = context.model(estimator, Layout.computed(names));
  if (predictor.type !== 'linear' || pipeline.length > 0 || output.type !== 'identity') {
    throw imputer.fault(
      `estimates with ${estimator.className}, which is not a linear model`,
      'Fit it with the default estimator.',
      'estimator',
    );
  }
  const weights = new Float64Array(width);
  const own = float64Values(predictor.coefficients);
  for (const [i, j] of neighbours.entries()) weights[j] = own[i]!;
  return { column, weights, intercept: float64Values(predictor.intercepts)[0]! };
}
