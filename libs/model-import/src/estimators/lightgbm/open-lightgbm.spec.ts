import { readLightGbmText } from '../../files/lightgbm/lightgbm-text';
import { ModelImportError } from '../../files/bytes/model-import.error';
import { importModel } from '../../assembly/import-model';
import { compileArtifact } from '@inferserve/model';
import { openLightGbm } from './open-lightgbm';

const HEAD: Readonly<Record<string, string>> = {
  version: 'v4',
  num_class: '1',
  num_tree_per_iteration: '1',
  max_feature_idx: '1',
  objective: 'regression',
  feature_names: 'a b',
  feature_infos: '[0:9] [0:9]',
};

/** x₀ <= 2 gives 1, else x₁ <= 5 gives 10 and all else 100; missing values go right, then left. */
const TREE: Readonly<Record<string, string>> = {
  num_leaves: '3',
  num_cat: '0',
  split_feature: '0 1',
  threshold: '2 5',
  decision_type: '8 10',
  left_child: '-1 -2',
  right_child: '1 -3',
  leaf_value: '1 10 100',
};

function fileOf(
  head: Readonly<Record<string, string>> = {},
  tree: Readonly<Record<string, string>> = {},
): Uint8Array {
  const lines = (block: Readonly<Record<string, string>>) =>
    Object.entries(block).map(([key, value]) => `${key}=${value}`);
  return Buffer.from(
    [
      'tree',
      ...lines({ ...HEAD, ...head }),
      '',
      'Tree=0',
      ...lines({ ...TREE, ...tree }),
      '',
      'end of trees',
      '',
    ].join('\n'),
  );
}

function answers(bytes: Uint8Array, rows: readonly (readonly (number | null)[])[]): number[] {
  const file = { name: 'model.txt', bytes };
  const { artifact } = importModel({ file, name: 'm', version: '1', importer: 'test' });
  const model = compileArtifact(artifact);
  return rows.map((row) => {
    const answer = model.score(row);
    if (answer.task === 'regression') return answer.value;
    return answer.probabilities![1]!;
  });
}

describe('a LightGBM text file', () => {
  const rows = [
    [2, 9],
    [3, 5],
    [3, 6],
    [null, 5],
    [3, null],
  ];

  test('routes as its splits say', () => {
    expect(answers(fileOf(), rows)).toEqual([1, 10, 100, 10, 10]);
  });

  test('reads missing values as 0 where none were met in training', () => {
    expect(answers(fileOf({}, { decision_type: '0 0' }), rows)).toEqual([1, 10, 100, 1, 10]);
  });

  test('sends 0 with the missing values where they are the same', () => {
    const file = fileOf({}, { decision_type: '4 6', threshold: '-1 5' });
    // 0 is above -1, and its default is right; 1e-36 is 0.
    expect(
      answers(file, [
        [0, 9],
        [1e-36, 9],
        [-2, 9],
        [3, 0],
      ]),
    ).toEqual([100, 100, 1, 10]);
  });

  test('tests categories by number', () => {
    // Bits 1 and 33 are set: codes 1 and 33 go left, all others and missing ones right.
    const file = fileOf(
      {},
      {
        num_cat: '1',
        decision_type: '1 10',
        threshold: '0 5',
        cat_boundaries: '0 2',
        cat_threshold: '2 2',
      },
    );
    const codes = [1, 33, 0, 2, null, -1, 1.5];
    expect(
      answers(
        file,
        codes.map((code) => [code, 5]),
      ),
    ).toEqual([1, 1, 10, 10, 10, 10, 1]);
  });

  const LINEAR = {
    is_linear: '1',
    leaf_const: '4 2 3',
    num_features: '1 0 2',
    leaf_features: '1   0 1  ',
    leaf_coeff: '10   2 -1  ',
  };

  test('computes the linear models of its leaves, the plain leaf where a value is missing', () => {
    // 4 + 10·x₁; 2; 3 + 2·x₀ - x₁
    const linear = [...rows, [2, null]] as const;
    expect(answers(fileOf({}, LINEAR), linear)).toEqual([94, 2, 3, 2, 2, 1]);
  });

  test('applies the link of its objective', () => {
    expect(answers(fileOf({ objective: 'poisson' }), [[2, 9]])[0]).toBeCloseTo(Math.E, 14);
    expect(answers(fileOf({ objective: 'regression sqrt' }), [[3, 5]])).toEqual([100]);
    const [probability] = answers(fileOf({ objective: 'binary sigmoid:2' }), [[2, 9]]);
    expect(probability).toBeCloseTo(1 / (1 + Math.exp(-2)), 14);
  });

  test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['a ranking objective', { objective: 'lambdarank' }, {}],
    ['an objective of the user', { objective: '' }, {}],
    ['fewer names than columns', { feature_names: 'a' }, {}],
    ['a child that does not exist', {}, { right_child: '7 -3' }],
    ['a node that is its own child', {}, { right_child: '0 -3' }],
    ['too few leaves', {}, { leaf_value: '1 10' }],
    ['a leaf that is no number', {}, { leaf_value: '1 nan 100' }],
    ['a column that does not exist', {}, { split_feature: '0 5' }],
    ['linear models that are not there', {}, { is_linear: '1' }],
    ['linear models of a foreign column', {}, { ...LINEAR, leaf_features: '1   0 2  ' }],
    ['an infinite constant', {}, { ...LINEAR, leaf_const: '1 1e999 3' }],
    ['too few coefficients', {}, { ...LINEAR, leaf_coeff: '10 2' }],
    ['linear models in a random forest', { average_output: '' }, LINEAR],
    ['a set of categories that does not exist', {}, { decision_type: '1 10' }],
    [
      'a set of categories without end',
      {},
      {
        num_cat: '2',
        decision_type: '1 1',
        threshold: '0 1',
        cat_boundaries: '0 99999999999 2',
        cat_threshold: '2 2',
      },
    ],
    ['0 as missing in some splits only', {}, { decision_type: '4 10' }],
  ])('is refused with %s', (_, head, tree) => {
    expect(() => answers(fileOf(head, tree), [[1, 1]])).toThrow(ModelImportError);
  });

  test('names its columns, unless LightGBM made the names up', () => {
    const inputOf = (names: string) =>
      openLightGbm(readLightGbmText(fileOf({ feature_names: names }))).input;
    expect(inputOf('a b')).toEqual({ count: 2, names: ['a', 'b'] });
    expect(inputOf('Column_0 Column_1')).toEqual({ count: 2 });
  });
});
