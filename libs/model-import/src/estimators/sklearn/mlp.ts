import { type MlpSpec, type NumberOutputSpec, packArray, packMatrix } from '@inferserve/model';
import type { PredictorConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { matricesOf } from './arrays-in-lists';
import { classesOf } from './linear-classifiers';

const SAVE_AGAIN = 'Check the model in Python and save it again.';
const ACTIVATIONS: readonly MlpSpec['activation'][] = ['identity', 'logistic', 'tanh', 'relu'];

/** `exp` for the loss "poisson". */
const OUTPUTS: ReadonlyMap<string, NumberOutputSpec> = new Map<string, NumberOutputSpec>([
  ['identity', { type: 'identity' }],
  ['exp', { type: 'exp' }],
]);

const shared = { versions: '0.21 to 1.9', exactness: '1e-12', needsScaling: true } as const;

/** Networks of fully connected layers with one label. */
export const mlpClassifier: PredictorConverter = {
  ...shared,
  names: ['sklearn.MLPClassifier'],
  role: 'classifier',
  docs: 'every activation and solver; a single label for each row',
  convert(classifier, _, context) {
    const classes = classesOf(classifier, context);
    const predictor = networkOf(classifier);
    const units = classifier.number('n_outputs_');
    const output = classifier.text('out_activation_');
    const isBinary = output === 'logistic' && units === 1 && classes.length === 2;
    if (!isBinary && !(output === 'softmax' && units === classes.length)) {
      throw classifier.fault(
        'gives several labels for each row',
        'Fit one model for each label; an artifact answers with one class.',
        'out_activation_',
      );
    }
    return {
      task: 'classification',
      classes,
      predictor,
      output: isBinary ? { type: 'sigmoid', decision: 'probability' } : { type: 'softmax' },
      detail: detailOf(predictor),
    };
  },
};

/** The same with one number. */
export const mlpRegressor: PredictorConverter = {
  ...shared,
  names: ['sklearn.MLPRegressor'],
  role: 'regressor',
  docs: 'every activation, solver and loss; a single target',
  convert(regressor) {
    const predictor = networkOf(regressor);
    const output = OUTPUTS.get(regressor.text('out_activation_') ?? '');
    if (regressor.number('n_outputs_') !== 1 || !output) {
      throw regressor.fault(
        'has several targets, or an output that is not known',
        'Fit one model for each target.',
        'out_activation_',
      );
    }
    return {
      task: 'regression',
      predictor,
      output,
      detail: detailOf(predictor),
    };
  },
};

function networkOf(network: Estimator): MlpSpec {
  const weights = matricesOf(network, 'coefs_');
  const biases = matricesOf(network, 'intercepts_');
  const activation = ACTIVATIONS.find((name) => name === network.text('activation'));
  if (!activation || weights.length === 0 || weights.length !== biases.length) {
    throw network.fault('has layers or an activation that are not known', SAVE_AGAIN);
  }
  const layers = weights.map(({ values, columns }, i) => ({
    weights: packMatrix(values, columns),
    biases: packArray(biases[i]!.values),
  }));
  return { type: 'mlp', layers, activation };
}

function detailOf({ layers }: MlpSpec): string {
  return `${layers.length - 1} hidden layers`;
}
