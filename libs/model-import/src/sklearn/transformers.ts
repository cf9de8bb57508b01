import { asNdArray } from '../files/numpy/as-nd-array';
import { decodeElements } from '../files/numpy/decode-elements';
import type { PreprocessingStep } from '@inferserve/model';
import { vectorOf } from './arrays';
import type { Estimator } from './estimator';
import { simpleImputer } from './simple-imputer';

/** What a fitted transformer does to rows of `width` columns. */
export interface FoldedTransformer {
  readonly preprocessing: readonly PreprocessingStep[];
  readonly observed?: { readonly min: readonly number[]; readonly max: readonly number[] };
  readonly warnings?: readonly string[];
}

type Fold = (transformer: Estimator, width: number) => FoldedTransformer;

/** The transformers that act on each column alone and are affine, by class name. */
const TRANSFORMERS: ReadonlyMap<string, Fold> = new Map<string, Fold>([
  ['StandardScaler', standardScaler],
  ['MinMaxScaler', minMaxScaler],
  ['RobustScaler', robustScaler],
  ['MaxAbsScaler', maxAbsScaler],
  ['SimpleImputer', simpleImputer],
]);

/** What a column-wise transformer does, or a refusal that says why it cannot be imported. */
export function foldTransformer(transformer: Estimator, width: number): FoldedTransformer {
  const fold = TRANSFORMERS.get(transformer.className);
  if (fold) return fold(transformer, width);
  throw transformer.fault(
    `is a step that an artifact cannot state: it is none of ${[...TRANSFORMERS.keys()].join(', ')}, ColumnTransformer of these`,
    'Apply that step before sending the features, and save the rest of the pipeline.',
  );
}

/** Whether a step passes everything on: a FunctionTransformer without a function. */
export function isIdentity(transformer: Estimator | undefined): boolean {
  return transformer?.className === 'FunctionTransformer' && transformer.get('func') === null;
}

/** (x − mean_) / scale_. Without `with_mean` the mean is stored all the same, but not used. */
function standardScaler(scaler: Estimator, width: number): FoldedTransformer {
  return {
    preprocessing: [
      {
        type: 'standardize',
        center: scaler.flag('with_mean', true) ? vectorOf(scaler, 'mean_', width) : null,
        scale: scaler.flag('with_std', true) ? scaleOf(scaler, width) : null,
        from: 'StandardScaler',
        ...samplesSeen(scaler),
      },
    ],
  };
}

/** x · scale_ + min_, limited to feature_range with `clip` (since 0.24). */
function minMaxScaler(scaler: Estimator, width: number): FoldedTransformer {
  const clip = scaler.flag('clip', false) ? vectorOfPair(scaler, 'feature_range') : undefined;
  return {
    preprocessing: [
      {
        type: 'affine',
        multiply: vectorOf(scaler, 'scale_', width),
        add: vectorOf(scaler, 'min_', width),
        ...(clip && { clip }),
        from: 'MinMaxScaler',
      },
    ],
    ...(scaler.has('data_min_') &&
      scaler.has('data_max_') && {
        observed: {
          min: vectorOf(scaler, 'data_min_', width),
          max: vectorOf(scaler, 'data_max_', width),
        },
      }),
  };
}

/** (x − center_) / scale_; `unit_variance` is in scale_ already. */
function robustScaler(scaler: Estimator, width: number): FoldedTransformer {
  return {
    preprocessing: [
      {
        type: 'standardize',
        center: scaler.flag('with_centering', true) ? vectorOf(scaler, 'center_', width) : null,
        scale: scaler.flag('with_scaling', true) ? scaleOf(scaler, width) : null,
        from: 'RobustScaler',
      },
    ],
  };
}

/** x / scale_, limited to −1 … 1 with `clip`. */
function maxAbsScaler(scaler: Estimator, width: number): FoldedTransformer {
  const divide: PreprocessingStep = {
    type: 'standardize',
    center: null,
    scale: scaleOf(scaler, width),
    from: 'MaxAbsScaler',
  };
  if (!scaler.flag('clip', false)) return { preprocessing: [divide] };
  const limit: PreprocessingStep = {
    type: 'affine',
    multiply: Array<number>(width).fill(1),
    add: Array<number>(width).fill(0),
    clip: [-1, 1],
    from: 'MaxAbsScaler(clip=True)',
  };
  return { preprocessing: [divide, limit] };
}

function scaleOf(scaler: Estimator, width: number): number[] {
  const scale = vectorOf(scaler, 'scale_', width);
  if (scale.every((element) => element > 0)) return scale;
  throw scaler.fault('holds a scale that is not positive', 'Fit the scaler again.', 'scale_');
}

function vectorOfPair(scaler: Estimator, name: string): [number, number] {
  const value = scaler.get(name);
  const [low, high] = Array.isArray(value) ? value : [];
  if (typeof low === 'number' && typeof high === 'number' && low < high) return [low, high];
  throw scaler.fault('is not a pair of numbers', 'Fit the scaler again.', name);
}

function samplesSeen(scaler: Estimator): { samplesSeen?: number } {
  const value = scaler.get('n_samples_seen_');
  const array = asNdArray(value);
  const count = array?.size === 1 ? decodeElements(array)[0] : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0
    ? { samplesSeen: count }
    : {};
}
