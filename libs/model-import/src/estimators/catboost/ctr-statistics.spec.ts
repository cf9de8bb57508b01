import { compileArtifact } from '@inferserve/model';
import {
  border,
  catBoostDocument,
  numberFeature,
} from '../../../../../test/support/catboost-document';
import { importModel } from '../../assembly/import-model';
import { ctrHash } from './ctr-hash';
import { ctrSplits } from './ctr-statistics';

/** The texts "0", "1" and "2", as CatBoost hashes them by themselves and as the keys of its tables. */
const ZERO = { hash: 2856682258, key: '14096670708071601218' };
const ONE = { hash: 1121341681, key: '10650234391120027977' };
const TWO = { hash: 3010176887, key: '6692239851685836511' };
const FREE = '18446744073709551615';

interface Statistic {
  readonly type: string;
  readonly table: readonly (string | number)[];
  readonly stride: number;
  readonly denominator?: number;
  readonly target?: number;
  readonly prior?: number;
  readonly names?: readonly object[];
  readonly elements?: readonly object[];
  readonly index?: number;
}

/** One tree that asks whether the statistic of the column is above the border: 1 where it is, else 0. */
function model(above: number, statistic: Statistic) {
  const { type, table, stride, denominator = 0, target = 0, prior = 0.5, index = 1 } = statistic;
  const names = statistic.names ?? [ZERO, ONE, TWO].map(({ hash }, i) => ({ hash, value: `${i}` }));
  const split = { split_type: 'OnlineCtr', border: above, split_index: index };
  const bytes = catBoostDocument('RMSE', {
    oblivious_trees: [{ splits: [split], leaf_values: [0, 1] }],
    features_info: {
      float_features: [numberFeature(0, 'AsIs', { borders: [3] })],
      categorical_features: [{ feature_index: 0, flat_feature_index: 1, feature_id: 'c' }],
      cat_features_hash: names,
      ctrs: [
        {
          identifier: 'table',
          elements: statistic.elements ?? [
            { cat_feature_index: 0, combination_element: 'cat_feature_value' },
          ],
          ctr_type: type,
          prior_numerator: prior,
          prior_denomerator: 1,
          shift: 0,
          scale: 15,
          target_border_idx: target,
          borders: [above],
        },
      ],
    } as never,
    ctr_data: {
      table: { hash_map: table, hash_stride: stride, counter_denominator: denominator },
    },
  });
  const file = { name: 'm.json', bytes };
  return compileArtifact(importModel({ file, name: 'm', version: '1', importer: 't' }).artifact);
}

function answers(above: number, statistic: Statistic, ...rows: (string | number | null)[]) {
  const compiled = model(above, statistic);
  return rows.map((value) => {
    const answer = compiled.score([value]);
    return answer.task === 'regression' ? answer.value : undefined;
  });
}

describe(ctrSplits.name, () => {
  const counts = [FREE, 99, 0, ZERO.key, 1, 3, ONE.key, 3, 1, TWO.key, 2, 2];

  it('hashes a category once more for the tables', () => {
    expect([ZERO, ONE, TWO].map(({ hash }) => String(ctrHash(hash)))).toEqual(
      [ZERO, ONE, TWO].map(({ key }) => key),
    );
  });

  it.each<[string, number, Statistic, readonly number[]]>([
    // 15·(3 + ½)/(4 + 1) = 10.5, 15·1.5/5 = 4.5, 15·2.5/5 = 7.5; unknown 15·½/1 = 7.5
    ['Borders above 8', 8, { type: 'Borders', table: counts, stride: 3 }, [1, 0, 0, 0]],
    [
      'Borders above 5: unknown ones too',
      5,
      { type: 'Borders', table: counts, stride: 3 },
      [1, 0, 1, 1],
    ],
    [
      'a border that is met exactly',
      7.5,
      { type: 'Borders', table: counts, stride: 3 },
      [1, 0, 0, 0],
    ],
    // The first class instead of those behind it: 4.5, 10.5, 7.5
    ['Buckets', 8, { type: 'Buckets', table: counts, stride: 3 }, [0, 1, 0, 0]],
    [
      'Buckets of the other class',
      8,
      { type: 'Buckets', table: counts, stride: 3, target: 1 },
      [1, 0, 0, 0],
    ],
    // 15·(1 + ½)/(3 + 1) = 5.6, 15·3.5/2 = 26, 15·2.5/3 = 12.5; unknown 7.5
    [
      'BinarizedTargetMeanValue',
      12,
      { type: 'BinarizedTargetMeanValue', table: counts, stride: 3 },
      [0, 1, 1, 0],
    ],
    // 15·(n + ½)/(8 + 1): 5.8, 14.2, 0.8 for unknown ones
    [
      'Counter',
      5,
      { type: 'Counter', table: [ZERO.key, 3, ONE.key, 8, TWO.key, 2], stride: 2, denominator: 8 },
      [1, 1, 0, 0],
    ],
    // Three classes: those behind the second one are 3 of 6 for "0" and 1 of 6 for "1".
    [
      'Borders between several classes',
      6,
      { type: 'Borders', table: [ZERO.key, 1, 2, 3, ONE.key, 1, 4, 1], stride: 4, target: 1 },
      [1, 0, 1, 1],
    ],
  ])('%s', (_, above, statistic, expected) => {
    expect(answers(above, statistic, '0', 1, '2', 'other')).toEqual(expected);
  });

  it('computes in single precision', () => {
    const table = [ZERO.key, 1, 1];
    const names = [{ hash: ZERO.hash, value: '0' }];
    // 1/3 in single precision times 15 is 5.00000015, and 5 in single precision.
    expect(answers(5, { type: 'Borders', table, stride: 3, prior: 0, names }, '0')).toEqual([0]);
  });

  const borders: Statistic = { type: 'Borders', table: counts, stride: 3 };
  const pair = [0, 1].map((index) => ({
    cat_feature_index: index,
    combination_element: 'cat_feature_value',
  }));
  it.each<[string, Statistic, RegExp]>([
    ['several columns together', { ...borders, elements: pair }, /max_ctr_complexity=1/],
    ['categories without names', { ...borders, names: [] }, /pool=pool/],
    ['some without names', { ...borders, names: [{ hash: ZERO.hash, value: '0' }] }, /pool=pool/],
    ['an unknown type', { ...borders, type: 'Median' }, /ctr_type: is "Median"/],
    ['a class that does not exist', { ...borders, target: 2 }, /ctr_type/],
    ['half a row of counts', { ...borders, table: counts.slice(1) }, /not a table/],
    ['hashes that are none', { ...borders, table: ['x', 1, 2] }, /not a hash/],
    ['a statistic that does not exist', { ...borders, index: 7 }, /does not exist/],
  ])('refuses %s', (_, statistic, reason) => {
    expect(() => model(8, statistic)).toThrow(reason);
  });

  it('counts the borders of numbers before its own', () => {
    expect(border(0, 3)).toMatchObject({ split_index: 0 });
    expect(() => model(8, { ...borders, index: 0 })).toThrow(/does not exist/);
  });
});
