import type { NumberOutputSpec } from '@inferserve/model';
import { vectorOf } from '../contract/arrays';
import type { Estimator } from '../contract/estimator';
import { ufuncName } from './ufunc-name';

export type InverseStep = Extract<NumberOutputSpec, { type: 'inverse-target' }>['steps'][number];
type FunctionName = Extract<InverseStep, { type: 'function' }>['name'];

/** numpy functions by name that the output `inverse-target` has. */
const FUNCTIONS: ReadonlySet<string> = new Set<FunctionName>([
  'exp',
  'expm1',
  'exp2',
  'log',
  'log1p',
  'log2',
  'log10',
  'sqrt',
  'cbrt',
  'square',
  'absolute',
  'negative',
  'reciprocal',
  'sinh',
  'arcsinh',
  'tanh',
  'arctanh',
]);

const REMEDY =
  'Use func and inverse_func from numpy (log1p and expm1, …), or a scaler, and fit it again.';

type Inverse = (transformer: Estimator) => readonly InverseStep[];

const add = (value: number): InverseStep => ({ type: 'add', value });
const multiply = (value: number): InverseStep => ({ type: 'multiply', value });
const one = (transformer: Estimator, name: string): number => vectorOf(transformer, name, 1)[0]!;

/** How the inverse of a transformer of one column is computed, in the order in which scikit-learn does it. */
const INVERSES: ReadonlyMap<string, Inverse> = new Map<string, Inverse>([
  ['FunctionTransformer', functionInverse],
  [
    'StandardScaler',
    (scaler) => [
      ...(scaler.flag('with_std', true) ? [multiply(one(scaler, 'scale_'))] : []),
      ...(scaler.flag('with_mean', true) ? [add(one(scaler, 'mean_'))] : []),
    ],
  ],
  [
    'MinMaxScaler',
    (scaler) => [add(-one(scaler, 'min_')), { type: 'divide', value: one(scaler, 'scale_') }],
  ],
  ['MaxAbsScaler', (scaler) => [multiply(one(scaler, 'scale_'))]],
  [
    'RobustScaler',
    (scaler) => [
      ...(scaler.flag('with_scaling', true) ? [multiply(one(scaler, 'scale_'))] : []),
      ...(scaler.flag('with_centering', true) ? [add(one(scaler, 'center_'))] : []),
    ],
  ],
  ['PowerTransformer', powerInverse],
]);

/** @throws ModelImportError for a transformer whose inverse is not known */
export function inverseSteps(transformer: Estimator): readonly InverseStep[] {
  const inverse = INVERSES.get(transformer.className);
  if (inverse) return inverse(transformer);
  throw transformer.fault('is not supported as a transformer of the target', REMEDY);
}

function functionInverse(transformer: Estimator): readonly InverseStep[] {
  const value = transformer.get('inverse_func');
  if (value === null) return [];
  const name = ufuncName(value);
  if (name !== undefined && FUNCTIONS.has(name)) {
    return [{ type: 'function', name: name as FunctionName }];
  }
  throw transformer.fault('is not a function that is supported', REMEDY, 'inverse_func');
}

function powerInverse(transformer: Estimator): readonly InverseStep[] {
  const method = transformer.text('method') ?? 'yeo-johnson';
  const lambda = one(transformer, 'lambdas_');
  const scaled = transformer.flag('standardize', true)
    ? inverseSteps(transformer.inner('_scaler'))
    : [];
  const type = method === 'box-cox' ? 'inverse-box-cox' : 'inverse-yeo-johnson';
  return [...scaled, { type, lambda }];
}
