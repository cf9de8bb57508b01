import type { JsonNode } from '../../files/json/json-node';

/** A statistic of the target, or of how often a category occurs: CatBoost's CTR, in single precision. */
export interface CtrStatistic {
  /** The category feature that it is of; absent where it is of several features together. */
  readonly category: number | undefined;
  /** Hashes of the categories that the training data held. */
  readonly hashes: readonly bigint[];
  /** @param hash of a category; one that the training data did not hold where it is not among `hashes` */
  valueOf(hash: bigint): number;
}

/** A threshold of a statistic. */
export interface CtrSplit {
  readonly statistic: CtrStatistic;
  readonly border: number;
}

/** What stands where the hash table of the file has a free place. */
const FREE = 2n ** 64n - 1n;
/** Counts that make a statistic: the favourable ones, and all. */
type Counts = readonly [favourable: number, all: number];

/**
 * Every threshold of a statistic, by the index that splits name: those of numbers and one-hot values come first.
 * @param tables `ctr_data` of the document
 */
export function ctrSplits(
  features: JsonNode,
  tables: JsonNode,
  first: number,
): ReadonlyMap<number, CtrSplit> {
  const splits = new Map<number, CtrSplit>();
  const ctrs = features.get('ctrs');
  let index = first;
  for (const ctr of ctrs.exists ? ctrs.list() : []) {
    const statistic = statisticOf(ctr, tables);
    for (const border of ctr.get('borders').numbers()) {
      splits.set(index++, { statistic, border: Math.fround(border) });
    }
  }
  return splits;
}

function statisticOf(ctr: JsonNode, tables: JsonNode): CtrStatistic {
  const elements = ctr.get('elements').list();
  const [only] = elements;
  const isSimple =
    elements.length === 1 && only!.get('combination_element').text() === 'cat_feature_value';
  if (!isSimple) return { category: undefined, hashes: [], valueOf: () => Number.NaN };
  const table = tables.get(tableKey(ctr, tables));
  const counts = countsByHash(ctr, table);
  const number = (key: string) => Math.fround(ctr.get(key).number());
  const [priorUp, priorDown] = [number('prior_numerator'), number('prior_denomerator')];
  const [shift, scale] = [number('shift'), number('scale')];
  const unknown: Counts = [0, isCounter(ctr) ? table.get('counter_denominator').number() : 0];
  return {
    category: only!.get('cat_feature_index').number(),
    hashes: [...counts.keys()],
    valueOf(hash) {
      const [favourable, all] = counts.get(hash) ?? unknown;
      const share = Math.fround(Math.fround(favourable + priorUp) / Math.fround(all + priorDown));
      return Math.fround(Math.fround(share + shift) * scale);
    },
  };
}

/** The identifier of a CTR is a part of the key of its table, which also names its type. */
function tableKey(ctr: JsonNode, tables: JsonNode): string {
  const identifier = ctr.get('identifier').text();
  const found = tables.exists && tables.keys().includes(identifier) ? identifier : undefined;
  if (found !== undefined) return found;
  throw ctr.get('identifier').fault('names a table that is not in the file');
}

function countsByHash(ctr: JsonNode, table: JsonNode): ReadonlyMap<bigint, Counts> {
  const stride = table.get('hash_stride').number();
  const list = table.get('hash_map').list();
  if (!(Number.isInteger(stride) && stride >= 2) || list.length % stride !== 0) {
    throw table.get('hash_map').fault('is not a table of hashes and counts');
  }
  const read = counter(ctr, stride - 1);
  const counts = new Map<bigint, Counts>();
  for (let i = 0; i < list.length; i += stride) {
    const text = list[i]!.text();
    if (!/^\d{1,20}$/.test(text)) throw list[i]!.fault('is not a hash');
    const hash = BigInt(text);
    if (hash === FREE) continue;
    counts.set(
      hash,
      read(
        list.slice(i + 1, i + stride).map((node) => node.number()),
        table,
      ),
    );
  }
  return counts;
}

/** How the numbers behind a hash become counts (`TStaticCtrProvider::CalcCtrs`). */
function counter(
  ctr: JsonNode,
  classCount: number,
): (numbers: readonly number[], table: JsonNode) => Counts {
  const type = ctr.get('ctr_type').text();
  const target = ctr.get('target_border_idx').number();
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const isTarget = Number.isInteger(target) && target >= 0 && target < classCount;
  if (isCounter(ctr) && classCount === 1) {
    return ([count], table) => [count!, table.get('counter_denominator').number()];
  }
  if (type === 'Buckets' && isTarget) return (numbers) => [numbers[target]!, sum(numbers)];
  if (type === 'Borders' && isTarget) {
    return (numbers) => [sum(numbers.slice(target + 1)), sum(numbers)];
  }
  if (/^(?:Binarized|Float)TargetMeanValue$/.test(type) && classCount === 2) {
    return ([total, count]) => [Math.fround(total!), count!];
  }
  throw ctr.get('ctr_type').fault(`is "${type.slice(0, 40)}", which is not known`);
}

function isCounter(ctr: JsonNode): boolean {
  return ['Counter', 'FeatureFreq'].includes(ctr.get('ctr_type').text());
}
