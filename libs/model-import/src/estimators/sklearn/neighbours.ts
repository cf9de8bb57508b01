import { type NearestNeighboursSpec, packArray, packMatrix } from '@inferserve/model';
import { matrixOf, type NumberMatrix, vectorOf } from '../contract/arrays';
import type { ConvertContext, PredictorConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';
import { LIMITS } from '../contract/limits';
import { numberOf } from '../../files/numpy/scalar-of';
import { classesOf } from './linear-classifiers';
import { observeSamples } from './samples';
import { denseTable } from './dense-table';

type Metric = NearestNeighboursSpec['metric'];

const shared = { versions: '0.21 to 1.9', exactness: '1e-12', needsScaling: true } as const;
const DOCS =
  'euclidean, manhattan, chebyshev and minkowski distance; uniform or distance weights; the artifact holds the training rows';

/** Votes of the nearest training rows. */
export const neighboursClassifier: PredictorConverter = {
  ...shared,
  names: ['sklearn.KNeighborsClassifier'],
  role: 'classifier',
  docs: DOCS,
  input: fittedWidth,
  convert(classifier, input, context) {
    const classes = classesOf(classifier, context);
    const { predictor, detail } = neighboursOf(classifier, input, context);
    return {
      task: 'classification',
      classes,
      predictor: { ...predictor, classCount: classes.length },
      output: { type: 'shares' },
      detail,
    };
  },
};

/** The mean of their numbers. */
export const neighboursRegressor: PredictorConverter = {
  ...shared,
  names: ['sklearn.KNeighborsRegressor'],
  role: 'regressor',
  docs: `${DOCS}; a single target`,
  input: fittedWidth,
  convert(regressor, input, context) {
    const { predictor, detail } = neighboursOf(regressor, input, context);
    return { task: 'regression', predictor, output: { type: 'identity' }, detail };
  },
};

function fittedWidth(estimator: Estimator) {
  return { count: denseTable(estimator, '_fit_X').columns };
}

function neighboursOf(
  estimator: Estimator,
  input: Layout,
  context: ConvertContext,
): { readonly predictor: NearestNeighboursSpec; readonly detail: string } {
  const rows = denseTable(estimator, '_fit_X');
  const weights = estimator.get('weights');
  if (weights !== 'uniform' && weights !== 'distance' && weights !== null) {
    throw estimator.fault(
      'weighs neighbours by a function of its own',
      'Fit it with weights="uniform" or "distance".',
      'weights',
    );
  }
  const neighbours = estimator.number('n_neighbors') ?? 0;
  context.warn(
    `the artifact holds the ${rows.rows} training rows of ${estimator.className}: treat it as you treat the training data`,
  );
  observeRows(input, rows);
  return {
    predictor: {
      type: 'nearest-neighbours',
      rows: packMatrix(rows.values, rows.columns),
      targets: packArray(vectorOf(estimator, '_y', rows.rows)),
      neighbours,
      metric: metricOf(estimator),
      weights: weights ?? 'uniform',
    },
    detail: `${neighbours} of ${rows.rows} rows`,
  };
}

function observeRows(input: Layout, { values, rows, columns }: NumberMatrix): void {
  const step = Math.max(1, Math.floor(rows / 16));
  for (let i = 0; i < rows; i += step) {
    observeSamples(input, values.subarray(i * columns, (i + 1) * columns));
  }
}

function metricOf(estimator: Estimator): Metric {
  const name = estimator.text('effective_metric_') ?? estimator.text('metric');
  const parameters = estimator.get('effective_metric_params_');
  const given = new Map(parameters instanceof Map ? parameters : []);
  const p = numberOf(given.get('p') ?? estimator.get('p'));
  const isWeighted = (given.get('w') ?? null) !== null;
  if (!isWeighted) {
    switch (name) {
      case 'euclidean':
      case 'l2':
        return { name: 'euclidean' };
      case 'manhattan':
      case 'cityblock':
      case 'l1':
        return { name: 'manhattan' };
      case 'chebyshev':
      case 'infinity':
        return { name: 'chebyshev' };
      case 'minkowski':
        if (p === 1) return { name: 'manhattan' };
        if (p === 2) return { name: 'euclidean' };
        if (p !== undefined && Number.isFinite(p)) return { name: 'minkowski', p };
    }
  }
  throw estimator.fault(
    `measures distances by ${isWeighted ? 'weighted ' : ''}"${name}", which is not supported`,
    'Fit it with the euclidean, manhattan or minkowski metric.',
    'effective_metric_',
  );
}

/** The class whose mean is nearest. */
export const nearestCentroid: PredictorConverter = {
  ...shared,
  versions: '0.21 to 1.5',
  names: ['sklearn.NearestCentroid'],
  role: 'classifier',
  docs: 'euclidean and manhattan distance, of versions before 1.6; no probabilities',
  convert(classifier, input, context) {
    const classes = classesOf(classifier, context);
    const { values, rows, columns } = matrixOf(classifier, 'centroids_');
    if (rows !== classes.length || rows * columns > LIMITS.weights) {
      throw classifier.fault('is not one row for each class', 'Save it again.', 'centroids_');
    }
    // Since 1.6 it has probabilities, of distances that are scaled otherwise than those it predicts by.
    if (classifier.has('within_class_std_dev_')) {
      throw classifier.fault(
        'has probabilities that its predictions do not follow, which is not supported',
        'Fit a KNeighborsClassifier(n_neighbors=1) on the centroids, or a LinearDiscriminantAnalysis.',
        'within_class_std_dev_',
      );
    }
    const metric: Metric = metricOf(classifier);
    for (let k = 0; k < rows; k++) {
      observeSamples(input, values.subarray(k * columns, (k + 1) * columns));
    }
    return {
      task: 'classification',
      classes,
      predictor: {
        type: 'nearest-neighbours',
        rows: packMatrix(values, columns),
        targets: packArray(classes.map((_, k) => k)),
        classCount: classes.length,
        neighbours: 1,
        metric,
        weights: 'uniform',
      },
      output: { type: 'scores-only' },
      detail: `${rows} × ${columns}`,
    };
  },
};
