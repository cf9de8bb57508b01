import { packMatrix } from '@inferserve/model';
import type { TransformerConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';
import { denseTable } from './dense-table';
import { missingMarker } from './missing-values';
import { observeSamples } from './samples';
import { imputed } from './imputed';

/** Missing values from the training rows nearest to what is there; columns that had no value in training are left out. */
export const knnImputer: TransformerConverter = {
  names: ['sklearn.KNNImputer'],
  role: 'transformer',
  docs: 'weights="uniform"; missing_values, add_indicator; the artifact holds the training rows; where several are equally near, those count that numpy 1 takes',
  versions: '0.22 to 1.9',
  exactness: '1e-12',
  missing: 'handled',
  convert(imputer, input, context) {
    checkSettings(imputer);
    const marker = missingMarker(imputer);
    const { values, rows, columns } = denseTable(imputer, '_fit_X', 'kept');
    if (columns !== input.width) {
      throw imputer.fault(
        `has training rows of ${columns} columns, but gets ${input.width}`,
        'Check the pipeline in Python and save it again.',
        '_fit_X',
      );
    }
    if (marker !== null) input.rejectMissing();
    const present = values.map((value) => (value === marker ? Number.NaN : value));
    const kept = [...input.columns.keys()].filter((j) => hasValue(present, columns, j));
    if (kept.length < columns && imputer.flag('keep_empty_features', false)) {
      throw imputer.fault(
        'keeps columns that had no value in training',
        'Leave these columns out before fitting.',
        'keep_empty_features',
      );
    }
    context.warn(
      `the artifact holds the ${rows} training rows of KNNImputer: treat it as you treat the training data`,
    );
    if (imputer.isSince(1, 4, false)) {
      context.warn(
        'where several training rows are equally near, KNNImputer takes those that numpy 1 takes; numpy 2 may take others on some processors',
      );
    }
    const step = Math.max(1, Math.floor(rows / 16));
    for (let i = 0; i < rows; i += step) {
      observeSamples(input, present.subarray(i * columns, (i + 1) * columns));
    }
    const isKept = new Set(kept);
    const table = present.filter((_, at) => isKept.has(at % columns));
    return imputed(imputer, marker, input, kept, {
      specs: [
        {
          type: 'impute-nearest',
          rows: packMatrix(table, kept.length),
          neighbours: imputer.number('n_neighbors') ?? 5,
          ...(marker !== null && { missing: Number(marker) }),
          from: 'KNNImputer',
        },
      ],
      output: Layout.computed(kept.map((j) => input.columns[j]!.name)),
    });
  },
};

function checkSettings(imputer: Estimator): void {
  if ((imputer.get('weights') ?? 'uniform') !== 'uniform') {
    throw imputer.fault(
      'weighs neighbours by distance or by a function of its own; those distances hang on how numpy rounds',
      'Fit it with weights="uniform".',
      'weights',
    );
  }
  if ((imputer.get('metric') ?? 'nan_euclidean') !== 'nan_euclidean') {
    throw imputer.fault(
      'measures distances by a function of its own',
      'Fit it with metric="nan_euclidean".',
      'metric',
    );
  }
}

function hasValue(rows: Float64Array, columns: number, column: number): boolean {
  for (let at = column; at < rows.length; at += columns) if (!Number.isNaN(rows[at]!)) return true;
  return false;
}
