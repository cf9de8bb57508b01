import { ArtifactError } from '../../artifact/artifact.error';
import { int32Values } from '../../artifact/numeric-array';
import type { CategoriesSpec, CategoryRule } from './trees-spec';

/** Where a category sends a row: the side that missing values take differs by split. */
export type Side = 'left' | 'right' | 'missing';

/** Sets of category codes as bits, each on one position of the input. */
export interface CategorySets {
  readonly features: Int32Array;
  /** Where the row goes at a split on set `index`, for a value of its position. */
  side(index: number, value: number): Side;
}

interface BitSets {
  readonly features: Int32Array;
  has(index: number, code: number): boolean;
}

/** From here on XGBoost takes no number as a category. */
const XGBOOST_CATEGORIES = 2 ** 24;

/** @throws ArtifactError under `path` where the sets do not fit their words or the `width` of the input */
export function compileCategorySets(
  spec: CategoriesSpec,
  width: number,
  path: string,
): CategorySets {
  const sets = bitSets(spec, width, path);
  const known = spec.known && bitSets(spec.known, width, `${path}.known`);
  const knownOf = new Map(known && Array.from(known.features, (feature, i) => [feature, i]));
  const isKnown = (index: number, code: number): boolean => {
    const knownSet = knownOf.get(sets.features[index]!);
    return knownSet !== undefined && known!.has(knownSet, code);
  };
  const rules: Readonly<Record<CategoryRule, (index: number, value: number) => Side>> = {
    'listed-left': (index, value) =>
      value > -1 && sets.has(index, Math.trunc(value)) ? 'left' : 'right',
    'listed-left-known': (index, value) => {
      if (!(value >= 0)) return 'missing';
      const code = Math.trunc(value);
      if (sets.has(index, code)) return 'left';
      return isKnown(index, code) ? 'right' : 'missing';
    },
    'listed-right': (index, value) => {
      if (Number.isNaN(value)) return 'missing';
      const isListed =
        value >= 0 && value < XGBOOST_CATEGORIES && sets.has(index, Math.trunc(value));
      return isListed ? 'right' : 'left';
    },
  };
  return { features: sets.features, side: rules[spec.rule] };
}

function bitSets(
  spec: Pick<CategoriesSpec, 'features' | 'lengths' | 'words'>,
  width: number,
  path: string,
): BitSets {
  const features = int32Values(spec.features);
  const lengths = int32Values(spec.lengths);
  // Words of 32 bits: as int32 their bits stay what they are.
  const words = int32Values(spec.words);
  if (features.some((feature) => feature < 0 || feature >= width)) {
    throw new ArtifactError(
      `${path}.features`,
      `names a position beyond the ${width} of its input`,
    );
  }
  const starts = new Int32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) {
    if (lengths[i]! < 0 || lengths[i]! > words.length) {
      throw new ArtifactError(`${path}.lengths[${i}]`, 'is no number of words');
    }
    starts[i + 1] = starts[i]! + lengths[i]!;
  }
  if (lengths.length !== features.length || starts.at(-1) !== words.length) {
    throw new ArtifactError(
      `${path}.lengths`,
      'must have one element for each set and add up to the words',
    );
  }
  return {
    features,
    has(index, code) {
      const word = starts[index]! + Math.floor(code / 32);
      return word < starts[index + 1]! && ((words[word]! >>> (code & 31)) & 1) === 1;
    },
  };
}
