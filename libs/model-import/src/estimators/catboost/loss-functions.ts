import type { ClassOutputSpec, NumberOutputSpec } from '@inferserve/model';

/** What `predict` and `predict_proba` make of the scores of a model. */
export type LossOutput =
  | {
      readonly task: 'classification';
      readonly isBinary: boolean;
      readonly output: ClassOutputSpec;
    }
  | { readonly task: 'regression'; readonly output: NumberOutputSpec };

const BINARY: LossOutput = {
  task: 'classification',
  isBinary: true,
  output: { type: 'sigmoid' },
};
const VALUE: LossOutput = { task: 'regression', output: { type: 'identity' } };
const EXPONENT: LossOutput = { task: 'regression', output: { type: 'exp' } };

/** The loss functions that are supported; those for ranking and for several targets are not among them. */
export const LOSS_FUNCTIONS: ReadonlyMap<string, LossOutput> = new Map<string, LossOutput>([
  ['Logloss', BINARY],
  ['CrossEntropy', BINARY],
  ['Focal', BINARY],
  ['MultiClass', { task: 'classification', isBinary: false, output: { type: 'softmax' } }],
  ['MultiClassOneVsAll', { task: 'classification', isBinary: false, output: { type: 'sigmoids' } }],
  ...['RMSE', 'MAE', 'MAPE', 'Quantile', 'Expectile', 'Huber', 'LogCosh', 'Lq'].map(
    (name) => [name, VALUE] as const,
  ),
  ['Poisson', EXPONENT],
  ['Tweedie', EXPONENT],
]);
