import type { JsonNode } from '../../files/json/json-node';
import type { CategoryValue } from '../layout/input-column';
import { ctrHash } from './ctr-hash';
import { type CtrSplit, ctrSplits } from './ctr-statistics';

interface Feature {
  /** Which column of the table it is. */
  readonly column: number;
  /** Empty where the model was fitted on an array. */
  readonly name: string;
}

export interface NumberFeature extends Feature {
  /** Where missing values go in every split: above the border, or not. */
  readonly missingIsAbove: boolean;
}

export interface CategoryFeature extends Feature {
  /** The values that splits tell apart, by the hash that stands for them in the file. */
  readonly values: ReadonlyMap<number, readonly CategoryValue[]>;
  /** Whether the file has the names of all of them. */
  readonly isNamed: boolean;
}

/** The features of a CatBoost model, by their numbers among those of their kind. */
export interface CatBoostFeatures {
  readonly numbers: ReadonlyMap<number, NumberFeature>;
  readonly categories: ReadonlyMap<number, CategoryFeature>;
  /** Thresholds of statistics by category, by the index that splits name. */
  readonly statistics: ReadonlyMap<number, CtrSplit>;
}

const TREATMENTS = ['AsIs', 'AsFalse', 'AsTrue'];

/** Reads `features_info`, with the tables of `ctr_data`. */
export function catBoostFeatures(info: JsonNode, tables: JsonNode): CatBoostFeatures {
  const texts = textsByHash(info.get('cat_features_hash'));
  const numbers = new Map<number, NumberFeature>();
  for (const node of optionalList(info.get('float_features'))) {
    const treatment = node.get('nan_value_treatment');
    const stated = treatment.exists ? treatment.text() : 'AsIs';
    if (!TREATMENTS.includes(stated)) {
      throw treatment.fault(`is "${stated.slice(0, 40)}", which is not known`);
    }
    const hasMissing = node.get('has_nans').exists && node.get('has_nans').boolean();
    numbers.set(index(node, 'feature_index'), {
      ...placeOf(node),
      missingIsAbove: hasMissing && stated === 'AsTrue',
    });
  }
  const statistics = ctrSplits(info, tables, binCount(info));
  const categories = new Map<number, CategoryFeature>();
  for (const node of optionalList(info.get('categorical_features'))) {
    const number = index(node, 'feature_index');
    const exact = node.get('values').exists ? [...node.get('values').numbers()] : [];
    const needed = new Set(
      [...statistics.values()].flatMap(({ statistic }) =>
        statistic.category === number ? statistic.hashes : [],
      ),
    );
    const counted = [...texts.keys()].filter((hash) => needed.has(ctrHash(hash)));
    const values = new Map([...exact, ...counted].map((hash) => [hash, texts.get(hash | 0) ?? []]));
    categories.set(number, {
      ...placeOf(node),
      values,
      isNamed: exact.every((hash) => texts.has(hash | 0)) && counted.length === needed.size,
    });
  }
  return { numbers, categories, statistics };
}

/** How many borders of numbers and values of categories stand before the statistics. */
function binCount(info: JsonNode): number {
  const lengths = (list: JsonNode, key: string) =>
    optionalList(list).map((node) => (node.get(key).exists ? node.get(key).numbers().length : 0));
  return [
    ...lengths(info.get('float_features'), 'borders'),
    ...lengths(info.get('categorical_features'), 'values'),
  ].reduce((sum, length) => sum + length, 0);
}

/** Hashes are 32 bits, written without a sign here and with one in splits. */
function textsByHash(table: JsonNode): ReadonlyMap<number, readonly CategoryValue[]> {
  const texts = new Map<number, readonly CategoryValue[]>();
  for (const entry of optionalList(table)) {
    const hash = entry.get('hash').number() | 0;
    texts.set(hash, [...(texts.get(hash) ?? []), ...asSent(entry.get('value').text())]);
  }
  return texts;
}

/** CatBoost hashes the text of a whole number, so that 5 and "5" are one category. */
function asSent(text: string): CategoryValue[] {
  const number = Number(text);
  return Number.isSafeInteger(number) && String(number) === text ? [text, number] : [text];
}

function placeOf(node: JsonNode): Feature {
  const id = node.get('feature_id');
  const name = node.get('feature_name');
  return {
    column: index(node, 'flat_feature_index'),
    name: (id.exists && id.text()) || (name.exists ? name.text() : ''),
  };
}

function index(node: JsonNode, key: string): number {
  const number = node.get(key).number();
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw node.get(key).fault('is not a whole number');
}

function optionalList(node: JsonNode): JsonNode[] {
  return node.exists ? node.list() : [];
}
