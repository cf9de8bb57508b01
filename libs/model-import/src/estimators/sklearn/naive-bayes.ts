import { packArray, packMatrix } from '@inferserve/model';
import { matrixOf, vectorOf } from '../contract/arrays';
import type { ConvertedClassifier, PredictorConverter } from '../contract/converter';
import { aboveThreshold } from './above-threshold';
import { classesOf } from './linear-classifiers';
import { observeSamples } from './samples';

const SAVE_AGAIN = 'Check the model in Python and save it again.';

const shared = {
  role: 'classifier',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
} as const;

/** Densities of each feature by class; `sigma_` was renamed `var_` in 1.0. */
export const gaussianNaiveBayes: PredictorConverter = {
  ...shared,
  names: ['sklearn.GaussianNB'],
  docs: 'every setting',
  convert(classifier, input, context) {
    const classes = classesOf(classifier, context);
    const means = matrixOf(classifier, 'theta_');
    const variances = matrixOf(classifier, classifier.has('var_') ? 'var_' : 'sigma_');
    const priors = vectorOf(classifier, 'class_prior_', classes.length);
    if (priors.some((prior) => !(prior > 0))) {
      throw classifier.fault('gives a class no probability', SAVE_AGAIN, 'class_prior_');
    }
    for (let k = 0; k < means.rows; k++) {
      observeSamples(input, means.values.subarray(k * means.columns, (k + 1) * means.columns));
    }
    return {
      task: 'classification',
      classes,
      predictor: {
        type: 'gaussian-naive-bayes',
        means: packMatrix(means.values, means.columns),
        variances: packMatrix(variances.values, variances.columns),
        logPriors: packArray(priors.map(Math.log)),
      },
      output: { type: 'softmax' },
      detail: `${means.rows} × ${means.columns}`,
    };
  },
};

/** Counts: linear in the row, with the logarithms of shares as weights. */
export const multinomialNaiveBayes: PredictorConverter = {
  ...shared,
  names: ['sklearn.MultinomialNB'],
  docs: 'every setting',
  convert(classifier, _, context) {
    const classes = classesOf(classifier, context);
    const { values, columns } = matrixOf(classifier, 'feature_log_prob_');
    const priors = vectorOf(classifier, 'class_log_prior_', classes.length);
    return linearModel(classes, values, columns, priors);
  },
};

/** The weights as they are, without a prior: with two classes or more scikit-learn adds none. */
export const complementNaiveBayes: PredictorConverter = {
  ...shared,
  names: ['sklearn.ComplementNB'],
  docs: 'every setting',
  convert(classifier, _, context) {
    const classes = classesOf(classifier, context);
    const { values, columns } = matrixOf(classifier, 'feature_log_prob_');
    return linearModel(classes, values, columns, new Float64Array(classes.length));
  },
};

/** Zeros and ones: log p of those that occur, log(1 - p) of those that do not. */
export const bernoulliNaiveBayes: PredictorConverter = {
  ...shared,
  names: ['sklearn.BernoulliNB'],
  docs: 'every setting',
  convert(classifier, _, context) {
    const classes = classesOf(classifier, context);
    const { values, columns } = matrixOf(classifier, 'feature_log_prob_');
    const priors = vectorOf(classifier, 'class_log_prior_', classes.length);
    const absent = values.map((logShare) => Math.log(1 - Math.exp(logShare)));
    const intercepts = priors.map((prior, k) =>
      absent
        .subarray(k * columns, (k + 1) * columns)
        .reduce((sum, logShare) => sum + logShare, prior),
    );
    const weights = values.map((logShare, i) => logShare - absent[i]!);
    const model = linearModel(classes, weights, columns, intercepts);
    const threshold = classifier.has('binarize') ? classifier.number('binarize') : 0;
    return threshold === undefined
      ? model
      : { ...model, pipeline: [aboveThreshold(threshold, columns)] };
  },
};

function linearModel(
  classes: ConvertedClassifier['classes'],
  weights: Float64Array,
  columns: number,
  intercepts: Float64Array,
): ConvertedClassifier {
  return {
    task: 'classification',
    classes,
    predictor: {
      type: 'linear',
      coefficients: packMatrix(weights, columns),
      intercepts: packArray(intercepts),
    },
    output: { type: 'softmax' },
    detail: `${classes.length} × ${columns}`,
  };
}
