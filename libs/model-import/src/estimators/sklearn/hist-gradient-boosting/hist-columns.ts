import { asNdArray } from '../../../files/numpy/as-nd-array';
import { decodeElements } from '../../../files/numpy/decode-elements';
import { decodeNumbers } from '../../../files/numpy/decode-numbers';
import type { PyValue } from '../../../files/values/py-value';
import { Estimator } from '../../contract/estimator';
import type { CategoryValue } from '../../layout/input-column';
import type { Layout } from '../../layout/layout';
import { columnIndices } from '../column-indices';

const REMEDY = 'Check the model in Python and save it again.';
/** Codes have a bit each in the sets of a tree. */
const MAX_CODE = 2 ** 24;

/** Where a feature of the trees stands in the row, and what its categories are there. */
export interface HistColumn {
  readonly position: number;
  /** For a category: the number in the row for each code of the trees. */
  readonly codes?: readonly number[];
}

/**
 * The columns in the order of the trees. Since 1.4 a model with categories puts these first and numbers them by
 * an encoder of its own, in which an unknown value is a missing one; before, the row holds the codes themselves.
 */
export function histColumns(estimator: Estimator, input: Layout): readonly HistColumn[] {
  const preprocessor = Estimator.from(estimator.get('_preprocessor'));
  if (!preprocessor) {
    input.useAsNumbers();
    return input.columns.map((_, position) => ({ position }));
  }
  const parts = preprocessor.require('transformers_');
  if (!Array.isArray(parts)) throw preprocessor.fault('is not a list', REMEDY, 'transformers_');
  return parts.flatMap((part) => columnsOf(preprocessor, part, input));
}

function columnsOf(preprocessor: Estimator, part: PyValue, input: Layout): HistColumn[] {
  const [name, transformer, columns] = Array.isArray(part) ? part : [];
  if (name === 'remainder') return [];
  const names = new Map(input.names.map((column, position) => [column, position] as const));
  const positions = columnIndices(columns ?? null, names, input.length, preprocessor);
  const encoder = Estimator.from(transformer);
  if (name === 'numerical') {
    for (const position of positions) input.columns[position]!.source?.useAsNumber();
    return positions.map((position) => ({ position }));
  }
  if (name !== 'encoder' || encoder?.key !== 'sklearn.OrdinalEncoder') {
    throw preprocessor.fault('is not the one that the model makes for itself', REMEDY);
  }
  const lists = encoder.require('categories_');
  if (!Array.isArray(lists) || lists.length !== positions.length) {
    throw encoder.fault('does not list its categories', REMEDY, 'categories_');
  }
  return positions.map((position, i) => ({
    position,
    codes: codesOf(encoder, lists[i]!, input, position),
  }));
}

function codesOf(encoder: Estimator, list: PyValue, input: Layout, position: number): number[] {
  const array = asNdArray(list);
  // A missing value is listed last, and has no code in the trees.
  const values = (array ? decodeElements(array) : []).filter(
    (value) => value !== null && !Number.isNaN(value),
  );
  const { source } = input.columns[position]!;
  if (!source) {
    if (values.every((value) => isCode(value))) return values as number[];
    throw encoder.fault('numbers categories of a computed column that are no codes', REMEDY);
  }
  if (!values.every(isCategory)) {
    throw encoder.fault('has categories that are neither text nor numbers', REMEDY, 'categories_');
  }
  source.useAsCategory(values, 'accept');
  return values.map((value, code) => (source.spec ? source.codeOf(value) : code));
}

function isCode(value: PyValue): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < MAX_CODE;
}

function isCategory(value: PyValue): value is CategoryValue {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}

/** The codes that the training rows held, for each feature of the trees that is a category. */
export function knownCodes(estimator: Estimator): ReadonlyMap<number, readonly number[]> {
  const mapper = estimator.inner('_bin_mapper');
  const flags = asNdArray(mapper.get('is_categorical_'));
  const thresholds = mapper.get('bin_thresholds_');
  if (!flags || !Array.isArray(thresholds)) return new Map();
  return new Map(
    [...decodeNumbers(flags)].flatMap((flag, feature) => {
      const codes = flag === 0 ? undefined : asNdArray(thresholds[feature]);
      return codes ? [[feature, [...decodeNumbers(codes)]] as const] : [];
    }),
  );
}
