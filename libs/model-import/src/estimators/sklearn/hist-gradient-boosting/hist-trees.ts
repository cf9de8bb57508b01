import type { TreeNodes } from '@inferserve/model';
import { asNdArray } from '../../../files/numpy/as-nd-array';
import { decodeField, decodeNumbers } from '../../../files/numpy/decode-numbers';
import type { PyValue } from '../../../files/values/py-value';
import { arrayOf } from '../../contract/arrays';
import { Estimator } from '../../contract/estimator';
import type { HistColumn } from './hist-columns';

const REMEDY = 'Check the model in Python and save it again.';
/** A set of categories is 256 bits: 8 words. */
const WORDS = 8;

/** The trees of `_predictors`, iteration by iteration and in each one for each score. */
export function* histTrees(
  estimator: Estimator,
  scoreCount: number,
  columns: readonly HistColumn[],
): Generator<TreeNodes> {
  const iterations = estimator.require('_predictors');
  if (!Array.isArray(iterations)) throw estimator.fault('is not a list', REMEDY, '_predictors');
  for (const iteration of iterations) {
    if (!Array.isArray(iteration) || iteration.length !== scoreCount) {
      const problem = `does not hold ${scoreCount} trees an iteration`;
      throw estimator.fault(problem, REMEDY, '_predictors');
    }
    for (const predictor of iteration) yield treeOf(estimator, predictor, columns);
  }
}

function treeOf(estimator: Estimator, value: PyValue, columns: readonly HistColumn[]): TreeNodes {
  const predictor = Estimator.from(value, estimator.stepName);
  if (!predictor) throw estimator.fault('holds something that is no tree', REMEDY, '_predictors');
  const nodes = arrayOf(predictor, 'nodes');
  const isLeaf = decodeField(nodes, 'is_leaf');
  const feature = decodeField(nodes, 'feature_idx');
  const left = decodeField(nodes, 'left');
  return {
    left: left.map((child, i) => (isLeaf[i] === 0 ? child : -1)),
    right: decodeField(nodes, 'right'),
    feature: feature.map((f) => columns[f]?.position ?? Number.NaN),
    // `threshold` before 0.23, when it had no other meaning yet.
    threshold: decodeField(nodes, 'num_threshold'),
    values: decodeField(nodes, 'value'),
    missingLeft: decodeField(nodes, 'missing_go_to_left'),
    weight: decodeField(nodes, 'count'),
    categories: categoriesOf(predictor, feature, columns),
  };
}

/** The categories that go left, by node, as numbers of the row. */
function categoriesOf(
  predictor: Estimator,
  feature: Float64Array,
  columns: readonly HistColumn[],
): ReadonlyMap<number, readonly number[]> | undefined {
  const nodes = arrayOf(predictor, 'nodes');
  const array = asNdArray(predictor.get('raw_left_cat_bitsets'));
  if (!array || array.size === 0) return undefined;
  const bitsets = decodeNumbers(array);
  const isCategorical = decodeField(nodes, 'is_categorical');
  const sets = decodeField(nodes, 'bitset_idx');
  const categories = new Map<number, readonly number[]>();
  for (let i = 0; i < isCategorical.length; i++) {
    if (isCategorical[i] === 0) continue;
    const words = bitsets.subarray(sets[i]! * WORDS, (sets[i]! + 1) * WORDS);
    if (words.length !== WORDS) throw predictor.fault('lacks a set of categories', REMEDY);
    const { codes } = columns[feature[i]!] ?? {};
    categories.set(i, numbersOfRow(listed(words), codes));
  }
  return categories;
}

/** Codes of the trees as the numbers that stand for them in the row; a code without one cannot occur. */
export function numbersOfRow(
  listedCodes: readonly number[],
  codes: readonly number[] | undefined,
): readonly number[] {
  return codes ? listedCodes.flatMap((code) => codes[code] ?? []) : listedCodes;
}

function listed(words: Float64Array): number[] {
  return [...words].flatMap((word, w) =>
    Array.from({ length: 32 }, (_, bit) => bit)
      .filter((bit) => ((word >>> bit) & 1) === 1)
      .map((bit) => 32 * w + bit),
  );
}
