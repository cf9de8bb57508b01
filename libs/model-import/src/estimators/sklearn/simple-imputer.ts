import { packArray, type TransformSpec } from '@inferserve/model';
import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeElements } from '../../files/numpy/decode-elements';
import type { PyValue } from '../../files/values/py-value';
import { arrayOf } from '../contract/arrays';
import type { TransformerConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import type { CategoryValue } from '../layout/input-column';
import { Layout, type LayoutColumn } from '../layout/layout';
import { missingMarker } from './missing-values';
import { imputed } from './imputed';

/** One value for the missing ones of each column; columns that had none in training are left out. */
export const simpleImputer: TransformerConverter = {
  names: ['sklearn.SimpleImputer'],
  role: 'transformer',
  docs: 'every strategy, also for text; missing_values, add_indicator, keep_empty_features',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  takesCategories: true,
  missing: 'handled',
  convert(imputer, input) {
    const marker = missingMarker(imputer);
    const statistics = statisticsOf(imputer, input.length);
    const kept = [...statistics.keys()].filter((j) => statistics[j] !== undefined);
    if (marker !== null) input.rejectMissing();
    const columns = kept.map((j) => ({ column: input.columns[j]!, fill: statistics[j]! }));
    if (marker !== null) for (const { column } of columns) column.source?.alsoAccept(marker);
    return imputed(imputer, marker, input, kept, {
      specs: imputeSpecs(
        // Columns that nothing uses have no position in the row.
        columns.filter(({ column }) => column.width > 0),
        marker,
      ),
      output: new Layout(
        columns.map(({ column, fill }) => ({ ...column, fill, missing: [] })),
        input.isSparse,
      ),
    });
  },
};

interface FilledColumn {
  readonly column: LayoutColumn;
  readonly fill: CategoryValue;
}

/** The number that stands for a value in a column of the row. */
function numberFor({ source }: LayoutColumn, value: CategoryValue): number {
  return source ? source.codeOf(value) : Number(value);
}

function imputeSpecs(
  columns: readonly FilledColumn[],
  marker: CategoryValue | null,
): TransformSpec[] {
  const fill = columns.map(({ column, fill: value }) => {
    const number = numberFor(column, value);
    return Number.isFinite(number) ? number : null;
  });
  if (marker === null) return [{ type: 'impute', fill, from: 'SimpleImputer' }];
  const markers = columns.map(({ column }) => numberFor(column, marker));
  const [first = 0] = markers;
  if (markers.every((code) => code === first) && Number.isFinite(first)) {
    return [{ type: 'impute', fill, missing: first, from: 'SimpleImputer' }];
  }
  // The marker has another code in each column.
  const branches = fill.map((value, j) => ({
    columns: packArray([j]),
    pipeline: [
      { type: 'impute', fill: [value], missing: markers[j]!, from: 'SimpleImputer' },
    ] satisfies TransformSpec[],
  }));
  return [{ type: 'branches', branches, from: 'SimpleImputer' }];
}

/** `statistics_`: what each column is filled with; `undefined` for one that had no value in training. */
function statisticsOf(imputer: Estimator, count: number): (CategoryValue | undefined)[] {
  const array = arrayOf(imputer, 'statistics_');
  if (array.size !== count) {
    throw imputer.fault(
      `has ${array.size} fill values for ${count} columns`,
      'Check the imputer in Python and save it again.',
      'statistics_',
    );
  }
  return decodeElements(array).map((value) => statisticOf(imputer, value));
}

function statisticOf(imputer: Estimator, value: PyValue): CategoryValue | undefined {
  const scalar = asNdArray(value)?.size === 1 ? decodeElements(asNdArray(value)!)[0] : value;
  if (typeof scalar === 'string' || typeof scalar === 'boolean') return scalar;
  if (typeof scalar === 'number' && Number.isFinite(scalar)) return scalar;
  if (Number.isNaN(scalar) || scalar === null) return undefined;
  throw imputer.fault(
    'holds a fill value that is not text, a finite number or a boolean',
    'Choose another fill value and fit again.',
    'statistics_',
  );
}
