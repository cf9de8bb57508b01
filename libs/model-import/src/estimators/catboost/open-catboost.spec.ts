import { compileArtifact } from '@inferserve/model';
import {
  border,
  catBoostDocument,
  equals,
  numberFeature,
} from '../../../../../test/support/catboost-document';
import { importModel } from '../../assembly/import-model';
import { openCatBoost } from './open-catboost';

/* Expected values are worked out by hand: bit i of a leaf's number is the answer to question i. */

type Row = readonly (string | number | null)[];
const TREE = {
  splits: [border(0, 2), border(1, 5)],
  leaf_values: [1, 10, 100, 1000],
  leaf_weights: [1, 1, 1, 1],
};
const RMSE = { oblivious_trees: [TREE] };
const CATEGORIES = {
  categorical_features: [
    { feature_index: 0, flat_feature_index: 1, feature_id: 'size', values: [-7, 8] },
  ],
  float_features: [numberFeature(0, 'AsIs', { feature_id: 'age' })],
  cat_features_hash: [
    { hash: 2 ** 32 - 7, value: 'small' },
    { hash: 8, value: '5' },
    { hash: 9, value: 'unused' },
  ],
};

function imported(bytes: Uint8Array) {
  const file = { name: 'model.json', bytes };
  return importModel({ file, name: 'm', version: '1', importer: 'test' }).artifact;
}

function values(bytes: Uint8Array, rows: readonly Row[]): number[] {
  const model = compileArtifact(imported(bytes));
  return rows.map((row) => {
    const answer = model.score(row);
    if (answer.task !== 'regression') throw new Error('not a regressor');
    return answer.value;
  });
}

function answers(bytes: Uint8Array, row: Row) {
  const answer = compileArtifact(imported(bytes)).score(row);
  if (answer.task !== 'classification') throw new Error('not a classifier');
  return { label: answer.label, probabilities: [...(answer.probabilities ?? [])] };
}

describe(openCatBoost.name, () => {
  const rows: readonly Row[] = [
    [2, 5],
    [3, 5],
    [2, 6],
    [3, 6],
  ];

  test('a symmetric tree: above the border is true, in the order of the questions', () => {
    expect(values(catBoostDocument('RMSE', RMSE), rows)).toEqual([1, 10, 100, 1000]);
  });

  test('borders and rows are compared in single precision', () => {
    const tree = { splits: [border(0, 0.1)], leaf_values: [0, 1] };
    const document = catBoostDocument('MAE', { oblivious_trees: [tree] });
    // 0.1 rounds up in single precision, and so does what is between the two.
    expect(values(document, [[0.1], [0.1000000015], [0.10000001]])).toEqual([0, 0, 1]);
  });

  test('all leaves, times the scale, then the bias', () => {
    const tree = { splits: null, leaf_values: [2 ** 53] };
    const members = {
      oblivious_trees: [{ ...tree }, TREE, { ...tree, leaf_values: [-(2 ** 53)] }],
    };
    // 2^53 + 10 - 2^53 is 10; a bias of 1 before the sum would be lost or doubled.
    expect(
      values(catBoostDocument('RMSE', { ...members, scale_and_bias: [2, [1]] }), [[3, 5]]),
    ).toEqual([21]);
    expect(values(catBoostDocument('RMSE', { ...RMSE, scale_and_bias: [1, 5] }), rows)).toEqual([
      6, 15, 105, 1005,
    ]);
  });

  test.each([
    ['AsIs', [1, 1]],
    ['AsFalse', [1, 1]],
    ['AsTrue', [10, 100]],
  ])('missing values %s', (treatment, expected) => {
    const features = {
      float_features: [numberFeature(0, treatment), numberFeature(1, treatment)],
    };
    const document = catBoostDocument('RMSE', { ...RMSE, features_info: features });
    expect(
      values(document, [
        [null, 5],
        [2, null],
      ]),
    ).toEqual(expected);
  });

  test('a treatment without missing values in the training data does not count', () => {
    const feature = numberFeature(0, 'AsTrue', { has_nans: false });
    const document = catBoostDocument('RMSE', {
      ...RMSE,
      features_info: { float_features: [feature, numberFeature(1)] },
    });
    expect(values(document, [[null, 5]])).toEqual([1]);
  });

  test('a tree of any form: true goes right', () => {
    const tree = {
      split: border(0, 2),
      left: { value: 1, weight: 3 },
      right: { split: border(1, 5), left: { value: 2, weight: 1 }, right: { value: 3, weight: 1 } },
    };
    expect(values(catBoostDocument('Quantile', { trees: [tree] }), rows)).toEqual([1, 2, 1, 3]);
  });

  test('Poisson answers with the exponential', () => {
    const tree = { splits: [border(0, 2)], leaf_values: [0, 1] };
    expect(values(catBoostDocument('Poisson', { oblivious_trees: [tree] }), [[2], [3]])).toEqual([
      1,
      Math.E,
    ]);
  });

  test('two classes: the sigmoid, and the second one above a score of 0', () => {
    const tree = { splits: [border(0, 2)], leaf_values: [0, Math.log(3)] };
    const document = (info: object) =>
      catBoostDocument('Logloss', { oblivious_trees: [tree] }, info as never);
    expect(answers(document({}), [2])).toEqual({ label: 0, probabilities: [0.5, 0.5] });
    const named = { class_params: { class_names: ['no', 'yes'], class_to_label: [0, 1] } };
    expect(answers(document(named), [3])).toEqual({
      label: 'yes',
      probabilities: [expect.closeTo(0.25, 14), expect.closeTo(0.75, 14)],
    });
  });

  test('several classes: leaves hold one number for each', () => {
    const members = {
      oblivious_trees: [
        { splits: [border(0, 2)], leaf_values: [0, 0, 0, 0, Math.log(2), Math.log(5)] },
      ],
      scale_and_bias: [1, [0, 0, 0]],
    };
    const info = {
      class_params: { class_names: [], class_to_label: [10, 20, 30], classes_count: 0 },
    };
    expect(answers(catBoostDocument('MultiClass', members, info), [3])).toEqual({
      label: 30,
      probabilities: [1 / 8, 2 / 8, 5 / 8].map((share) => expect.closeTo(share, 14)),
    });
    const oneVsAll = answers(catBoostDocument('MultiClassOneVsAll', members, info), [3]);
    expect(oneVsAll.probabilities[2]).toBeCloseTo(5 / 6, 14);
    expect(oneVsAll.probabilities[0]).toBe(0.5);
  });

  test('categories by name; whole numbers are their text; others are none of them', () => {
    const tree = { splits: [equals(0, -7), equals(0, 8)], leaf_values: [0, 1, 2, 3] };
    const document = catBoostDocument('RMSE', {
      oblivious_trees: [tree],
      features_info: CATEGORIES,
    });
    expect(imported(document).columns).toEqual([
      { type: 'category', name: 'size', values: ['small', '5', 5], unknown: 'accept' },
    ]);
    expect(values(document, [['small'], ['5'], [5], ['unused'], ['x']])).toEqual([1, 2, 2, 0, 0]);
  });

  test('names come from the file; columns that nothing tests are left out', () => {
    const document = catBoostDocument('RMSE', {
      oblivious_trees: [{ splits: [border(1, 0)], leaf_values: [0, 1] }],
      features_info: {
        float_features: [
          numberFeature(0, 'AsIs', { feature_id: 'age' }),
          numberFeature(1, 'AsIs', { feature_name: 'income', flat_feature_index: 2 }),
        ],
      },
    });
    expect(imported(document).columns.map(({ name }) => name)).toEqual(['income']);
    expect(values(document, [[1]])).toEqual([1]);
  });
});
