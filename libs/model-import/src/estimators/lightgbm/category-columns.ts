import type { CategoryValue } from '../layout/input-column';
import { type Booster, boosterFault } from './booster';

/** The categories of each feature that pandas stored as such, by feature; the position is the code. */
export function categoryColumns({
  text,
  featureNames,
}: Booster): ReadonlyMap<number, readonly CategoryValue[]> {
  const lists = text.pandasCategorical;
  if (!Array.isArray(lists) || lists.length === 0) return new Map();
  const infos = (text.header.get('feature_infos') ?? '').split(' ');
  if (infos.length !== featureNames.length) {
    throw boosterFault('does not describe each feature', 'feature_infos');
  }
  const positions = (isCandidate: (info: string) => boolean) =>
    infos.flatMap((info, feature) => (isCandidate(info) ? [feature] : []));
  const isCategorical = (info: string) => !info.startsWith('[') && info !== 'none';
  // A column that no tree could use is "none", whatever it held.
  const exact = positions(isCategorical);
  const wide = positions((info) => isCategorical(info) || info === 'none');
  const features = exact.length === lists.length ? exact : wide;
  if (features.length !== lists.length) {
    throw boosterFault(
      'does not say which of its columns hold the categories at its end',
      'pandas_categorical',
      'Fit it without columns that are constant.',
    );
  }
  return new Map(features.map((feature, i) => [feature, valuesOf(lists[i])]));
}

function valuesOf(list: unknown): readonly CategoryValue[] {
  if (!Array.isArray(list)) throw boosterFault('is not a list of categories', 'pandas_categorical');
  return list.map((value: unknown) => {
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw boosterFault(
      'holds a category that is not text, a number or a boolean',
      'pandas_categorical',
    );
  });
}
