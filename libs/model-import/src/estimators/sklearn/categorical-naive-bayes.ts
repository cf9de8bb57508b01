import { packArray, packMatrix, type TransformSpec } from '@inferserve/model';
import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { vectorOf } from '../contract/arrays';
import type { PredictorConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';
import { LIMITS } from '../contract/limits';
import { classesOf } from './linear-classifiers';
import { listOf } from './members';

const SAVE_AGAIN = 'Check the model in Python and save it again.';

/** The logarithms of the shares of one feature's categories: one row for each class. */
interface Feature {
  readonly values: Float64Array;
  readonly count: number;
}

/** Categories by their codes 0, 1, …: one-hot, then linear. A code that training did not have is refused. */
export const categoricalNaiveBayes: PredictorConverter = {
  names: ['sklearn.CategoricalNB'],
  role: 'classifier',
  docs: 'every setting; codes from 0 up, as an OrdinalEncoder gives them',
  versions: '0.22 to 1.9',
  exactness: '1e-12',
  takesCategories: true,
  convert(classifier, input, context) {
    const classes = classesOf(classifier, context);
    const features = featuresOf(classifier, classes.length);
    const width = features.reduce((sum, { count }) => sum + count, 0);
    if (width * classes.length > LIMITS.weights || features.length !== input.length) {
      throw classifier.fault('has categories that do not fit its columns', SAVE_AGAIN);
    }
    const weights = new Float64Array(width * classes.length);
    let start = 0;
    for (const { values, count } of features) {
      for (let k = 0; k < classes.length; k++) {
        weights.set(values.subarray(k * count, (k + 1) * count), k * width + start);
      }
      start += count;
    }
    return {
      task: 'classification',
      classes,
      pipeline: encoding(features, input),
      predictor: {
        type: 'linear',
        coefficients: packMatrix(weights, width),
        intercepts: packArray(vectorOf(classifier, 'class_log_prior_', classes.length)),
      },
      output: { type: 'softmax' },
      detail: `${classes.length} × ${features.length}`,
    };
  },
};

/** Columns of the request become categories; behind another step their numbers are looked up. */
function encoding(features: readonly Feature[], input: Layout): TransformSpec[] {
  const isRequest = input.columns.every(({ source }) => source);
  if (!isRequest) input.useAsNumbers();
  const codes = features.map(({ count }) => Array.from({ length: count }, (_, code) => code));
  const blocks = features.map(({ count }, j) => {
    const source = isRequest ? input.columns[j]!.source : undefined;
    source?.useAsCategory(codes[j]!, 'reject');
    const outputs = new Int32Array(count);
    for (let code = 0; code < count; code++) outputs[source?.codeOf(code) ?? code] = code;
    return { width: count, outputs: packArray(outputs) };
  });
  const lookup: TransformSpec = {
    type: 'codes',
    values: codes.map((values) => packArray(values)),
    unknown: 'reject',
  };
  return [...(isRequest ? [] : [lookup]), { type: 'one-hot', blocks }];
}

function featuresOf(classifier: Estimator, classCount: number): Feature[] {
  const arrays = listOf(classifier.require('feature_log_prob_'));
  return (arrays ?? []).map((value) => {
    const array = asNdArray(value);
    const [rows = 0, count = 0] = array?.shape ?? [];
    if (!array || array.shape.length !== 2 || rows !== classCount || count === 0) {
      throw classifier.fault('has another shape', SAVE_AGAIN, 'feature_log_prob_');
    }
    const values = decodeNumbers(array);
    if (values.every(Number.isFinite)) return { values, count };
    throw classifier.fault('holds a number that is not finite', SAVE_AGAIN, 'feature_log_prob_');
  });
}
