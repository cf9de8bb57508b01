import {
  type ClassOutputSpec,
  type KernelSpec,
  type LinearSpec,
  packArray,
  packMatrix,
} from '@inferserve/model';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { arrayOf, type NumberMatrix, vectorOf } from '../contract/arrays';
import type { ConvertContext, PredictorConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';
import { classesOf } from './linear-classifiers';
import { observeSamples } from './samples';
import { denseTable } from './dense-table';

const SAVE_AGAIN = 'Check the model in Python and save it again.';

const shared = { versions: '0.22 to 1.9', exactness: '1e-12', needsScaling: true } as const;

/** The arrays of libsvm; those with an underscore have its own signs. */
interface Machine {
  readonly vectors: NumberMatrix;
  readonly counts: Int32Array;
  readonly dual: NumberMatrix;
  readonly intercepts: Float64Array;
  readonly kernel: KernelSpec['kernel'];
}

/** Classifiers of libsvm. */
export const supportVectorClassifier: PredictorConverter = {
  ...shared,
  names: ['sklearn.SVC', 'sklearn.NuSVC'],
  role: 'classifier',
  docs: 'linear, rbf, poly and sigmoid kernels; probability=True, break_ties; other kernels than linear keep training rows',
  convert(classifier, input, context) {
    const classes = classesOf(classifier, context);
    const machine = machineOf(classifier, input, context, classes.length);
    return {
      task: 'classification',
      classes,
      predictor: predictorOf(machine),
      output: outputOf(classifier, machine.intercepts.length),
      detail: detailOf(machine),
    };
  },
};

/** Regressors of libsvm. */
export const supportVectorRegressor: PredictorConverter = {
  ...shared,
  names: ['sklearn.SVR', 'sklearn.NuSVR'],
  role: 'regressor',
  docs: 'linear, rbf, poly and sigmoid kernels; other kernels than linear keep training rows',
  convert(regressor, input, context) {
    const machine = machineOf(regressor, input, context, 1);
    return {
      task: 'regression',
      predictor: predictorOf(machine),
      output: { type: 'identity' },
      detail: detailOf(machine),
    };
  },
};

/** The region of most training rows: outliers are class -1, inliers 1, as `predict` has them. */
export const oneClassSupportVectors: PredictorConverter = {
  ...shared,
  names: ['sklearn.OneClassSVM'],
  role: 'classifier',
  docs: 'answers -1 for outliers and 1 for inliers; linear, rbf, poly and sigmoid kernels; other kernels than linear keep training rows',
  convert(estimator, input, context) {
    const machine = machineOf(estimator, input, context, 1);
    return {
      task: 'classification',
      classes: [-1, 1],
      predictor: predictorOf(machine),
      output: { type: 'scores-only' },
      detail: detailOf(machine),
    };
  },
};

function machineOf(
  estimator: Estimator,
  input: Layout,
  context: ConvertContext,
  classCount: number,
): Machine {
  const vectors = denseTable(estimator, 'support_vectors_');
  const stated = decodeNumbers(arrayOf(estimator, nameOf(estimator, '_n_support', 'n_support_')));
  const counts = classCount === 1 ? Int32Array.of(vectors.rows) : Int32Array.from(stated);
  const dual = denseTable(estimator, '_dual_coef_');
  const pairs = classCount === 1 ? 1 : (classCount * (classCount - 1)) / 2;
  const intercepts = vectorOf(estimator, '_intercept_', pairs);
  const isSound =
    counts.length === classCount &&
    counts.every((count) => count >= 0) &&
    counts.reduce((sum, count) => sum + count, 0) === vectors.rows &&
    dual.rows === Math.max(1, classCount - 1) &&
    dual.columns === vectors.rows;
  if (!isSound) throw estimator.fault('has support vectors that do not fit it', SAVE_AGAIN);
  const kernel = kernelOf(estimator);
  if (kernel.name !== 'linear') {
    context.warn(
      `the artifact holds the ${vectors.rows} support vectors of ${estimator.className}, which are training rows`,
    );
  }
  const step = Math.max(1, Math.floor(vectors.rows / 16));
  for (let i = 0; i < vectors.rows; i += step) {
    const start = i * vectors.columns;
    observeSamples(input, vectors.values.subarray(start, start + vectors.columns));
  }
  return { vectors, counts, dual, intercepts, kernel };
}

/** The name of an attribute, or the one that it had in 0.22. */
function nameOf(estimator: Estimator, name: string, before: string): string {
  return !estimator.has(name) && estimator.has(before) ? before : name;
}

function kernelOf(estimator: Estimator): KernelSpec['kernel'] {
  const name = estimator.text('kernel');
  const gamma = estimator.number('_gamma') ?? Number.NaN;
  const coef0 = estimator.number('coef0') ?? 0;
  const degree = estimator.number('degree') ?? 3;
  switch (name) {
    case 'linear':
      return { name };
    case 'rbf':
      return { name, gamma };
    case 'poly':
      return { name, gamma, coef0, degree: Math.trunc(degree) };
    case 'sigmoid':
      return { name, gamma, coef0 };
    default:
      throw estimator.fault(
        name === undefined ? 'has a kernel of its own' : `has the kernel "${name}"`,
        'Fit it with the kernel linear, rbf, poly or sigmoid.',
        'kernel',
      );
  }
}

function predictorOf(machine: Machine): KernelSpec | LinearSpec {
  const { vectors, counts, dual, intercepts, kernel } = machine;
  if (kernel.name === 'linear') return linearOf(machine);
  return {
    type: 'kernel',
    kernel,
    supportVectors: packMatrix(vectors.values, vectors.columns),
    supportCounts: packArray(counts),
    dualCoefficients: packMatrix(dual.values, dual.columns),
    intercepts: packArray(intercepts),
  };
}

/** The support vectors of each pair of classes summed up: one row of weights for each pair. */
function linearOf({ vectors, counts, dual, intercepts }: Machine): LinearSpec {
  const { columns } = vectors;
  const starts = [0];
  for (const [k, count] of counts.entries()) starts.push(starts[k]! + count);
  const weights = new Float64Array(intercepts.length * columns);
  const add = (pair: number, k: number, row: number): void => {
    for (let i = starts[k]!; i < starts[k + 1]!; i++) {
      const weight = dual.values[row * dual.columns + i]!;
      for (let j = 0; j < columns; j++) {
        const at = pair * columns + j;
        weights[at] = weights[at]! + weight * vectors.values[i * columns + j]!;
      }
    }
  };
  if (counts.length === 1) add(0, 0, 0);
  for (let first = 0, pair = 0; first < counts.length; first++) {
    for (let second = first + 1; second < counts.length; second++, pair++) {
      add(pair, first, second - 1);
      add(pair, second, first);
    }
  }
  return {
    type: 'linear',
    coefficients: packMatrix(weights, columns),
    intercepts: packArray(intercepts),
  };
}

function outputOf(classifier: Estimator, pairs: number): ClassOutputSpec {
  const breakTies = classifier.flag('break_ties', false);
  const isOneVsRest = classifier.text('decision_function_shape') !== 'ovo';
  return {
    type: 'one-vs-one',
    ...(breakTies && isOneVsRest && { breakTies }),
    // Since 1.8 the parameter is the word "deprecated" where it is not set.
    ...(classifier.get('probability') === true && {
      sigmoids: {
        a: packArray(vectorOf(classifier, nameOf(classifier, '_probA', 'probA_'), pairs)),
        b: packArray(vectorOf(classifier, nameOf(classifier, '_probB', 'probB_'), pairs)),
      },
    }),
  };
}

function detailOf({ vectors, kernel }: Machine): string {
  return `${kernel.name}, ${vectors.rows} support vectors`;
}
