import type { NumberOutputSpec } from '@inferserve/model';
import type { PredictorConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { type InverseStep, inverseSteps } from './inverse-steps';

/** A regressor of a transformed target: what it predicts is transformed back. */
export const transformedTarget: PredictorConverter = {
  names: ['sklearn.TransformedTargetRegressor'],
  role: 'regressor',
  docs: 'over any regressor; numpy functions and scalers as transformers of the target',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  takesCategories: true,
  missing: 'handled',
  inputInside: (estimator) => estimator.inner('regressor_'),
  convert(estimator, input, context) {
    const model = context.model(estimator.inner('regressor_'), input);
    if (model.task !== 'regression') {
      throw estimator.fault('holds a classifier', 'Save it again.', 'regressor_');
    }
    const steps = [
      ...stepsOf(estimator, model.output),
      ...inverseSteps(estimator.inner('transformer_')),
    ];
    const output: NumberOutputSpec =
      steps.length === 0 ? { type: 'identity' } : { type: 'inverse-target', steps };
    return { ...model, output };
  },
};

/** What the regressor itself does to its score. */
function stepsOf(estimator: Estimator, output: NumberOutputSpec): readonly InverseStep[] {
  if (output.type === 'identity') return [];
  if (output.type === 'inverse-target') return output.steps;
  if (output.type === 'exp' && output.precision !== 'float32') {
    return [{ type: 'function', name: 'exp' }];
  }
  throw estimator.fault(
    'transforms what a model in single precision predicts',
    'Transform the target yourself, and save the regressor alone.',
    'regressor_',
  );
}
