import { asNdArray } from '../../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../../files/numpy/decode-numbers';
import type { Estimator } from '../../contract/estimator';

/**
 * Where the features of each member of an ensemble stand in the row: `estimators_features_` lists the columns
 * that each was fitted on, in any order and some perhaps twice.
 * @throws ModelImportError for a list that does not fit
 */
export function memberFeatures(
  ensemble: Estimator,
  memberCount: number,
  width: number,
): (member: number, features: Float64Array) => Float64Array {
  const value = ensemble.get('estimators_features_');
  if (value === null) return (_, features) => features;
  const lists = Array.isArray(value) ? value.map((item) => asNdArray(item)) : [];
  const positions = lists.map((list) => list && decodeNumbers(list));
  const isSound = positions.every((list) =>
    list?.every((position) => Number.isInteger(position) && position >= 0 && position < width),
  );
  if (positions.length !== memberCount || !isSound) {
    throw ensemble.fault(
      `does not list columns for each of its ${memberCount} members`,
      'Check the model in Python and save it again.',
      'estimators_features_',
    );
  }
  // Of leaves, whose feature is negative, nothing is looked at; NaN is no feature.
  return (member, features) =>
    features.map((feature) => positions[member]![feature] ?? (feature < 0 ? feature : Number.NaN));
}
