import * as v from 'valibot';
import { packArray } from '../../artifact/numeric-array';
import { ArtifactError } from '../../artifact/artifact.error';
import { COMPILE_CONTEXT } from '../../compile/compile-kinds';
import { denseVector } from '../../vector';
import { trees } from './trees';
import { treesSchema, type TreesSpec } from './trees-spec';

/** x0 <= 1 ? 10 : (x1 <= 2 ? 20 : 30), and a tree that is a leaf. */
const SPEC: TreesSpec = {
  type: 'trees',
  precision: 'float32',
  comparison: '<=',
  missing: 'reject',
  infinite: 'reject',
  roots: [0, 5],
  left: [1, 0, 3, 0, 0, 0],
  tests: [1, 0, 3, 0, 0, 0],
  thresholds: [1, 0, 2, 1, 2, 0],
  leaves: [[10], [20], [30]],
  combine: { type: 'sum', base: [0] },
};

function compile(change: Partial<TreesSpec>) {
  const spec = v.parse(treesSchema, { ...SPEC, ...change });
  return trees.compile(spec, denseVector(2), 'predictor', COMPILE_CONTEXT);
}

const SETS = { rule: 'listed-right', features: [0], lengths: [1], words: [1] } as const;

describe('what a trees artifact must not hold', () => {
  test('the sound one compiles', () => {
    expect(() => compile({})).not.toThrow();
    expect(() => compile({ categories: SETS, tests: [1, 0, 5, 0, 0, 0] })).not.toThrow();
  });

  test.each<[string, Partial<TreesSpec>, string]>([
    ['no trees', { roots: [] }, 'roots'],
    ['roots that do not start at 0', { roots: [1, 5] }, 'roots'],
    ['roots that fall', { roots: [0, 0] }, 'roots'],
    ['a root beyond the nodes', { roots: [0, 6] }, 'roots'],
    ['a node that leads to itself', { left: [1, 0, 2, 0, 0, 0] }, 'left[2]'],
    ['a node that leads back', { left: [1, 0, 1, 0, 0, 0] }, 'left[2]'],
    ['a negative child', { left: [-1, 0, 3, 0, 0, 0] }, 'left[0]'],
    ['children in the next tree', { left: [1, 0, 4, 0, 0, 0] }, 'left[2]'],
    ['a node without a parent', { left: [1, 0, 0, 0, 0, 0], tests: [1, 0, 0, 0, 0, 0] }, 'left'],
    ['a test at a leaf', { tests: [1, 1, 3, 0, 0, 0] }, 'thresholds[1]'],
    ['a split without a test', { tests: [0, 0, 3, 0, 0, 0] }, 'tests[0]'],
    ['a test of a foreign feature', { tests: [5, 0, 3, 0, 0, 0] }, 'tests[0]'],
    ['a leaf that does not exist', { thresholds: [1, 3, 2, 1, 2, 0] }, 'thresholds[1]'],
    ['half a leaf', { thresholds: [1, 0.5, 2, 1, 2, 0] }, 'thresholds[1]'],
    ['a negative leaf', { thresholds: [1, -1, 2, 1, 2, 0] }, 'thresholds[1]'],
    ['too few thresholds', { thresholds: [1] }, 'thresholds'],
    ['too many tests', { tests: [1, 0, 3, 0, 0, 0, 0] }, 'tests'],
    ['NaN as a threshold', { thresholds: packArray([Number.NaN, 0, 2, 1, 2, 0]) }, 'tests[0]'],
    ['no leaves', { leaves: [] }, 'leaves'],
    ['leaves of different widths', { leaves: [[1], [1, 2], [3]] }, 'leaves'],
    [
      'wider leaves than scores',
      {
        leaves: [
          [1, 1],
          [2, 2],
          [3, 3],
        ],
      },
      'leaves',
    ],
    ['no scores', { combine: { type: 'sum', base: [] } }, 'leaves'],
    ['scores of too few trees', { treeScores: [0] }, 'treeScores'],
    ['a score that does not exist', { treeScores: [0, 1] }, 'treeScores'],
    ['an infinite base', { combine: { type: 'sum', base: packArray([Infinity]) } }, 'combine.base'],
    ['too few weights', { combine: { type: 'weighted-median', weights: [1] } }, 'combine.weights'],
    [
      'a negative weight',
      { combine: { type: 'weighted-median', weights: [1, -1] } },
      'combine.weights',
    ],
    ['a missing number without missing values', { missingNumbers: [-1] }, 'missingNumbers'],
    [
      'a set on a foreign feature',
      { categories: { ...SETS, features: [2] } },
      'categories.features',
    ],
    [
      'a set with more words than there are',
      { categories: { ...SETS, lengths: [2] } },
      'categories.lengths[0]',
    ],
    ['a set with fewer words', { categories: { ...SETS, words: [1, 2] } }, 'categories.lengths'],
  ])('%s', (_, change, path) => {
    expect.assertions(2);
    try {
      compile(change);
    } catch (error) {
      expect(error).toBeInstanceOf(ArtifactError);
      expect((error as ArtifactError).path).toBe(`predictor.${path}`);
    }
  });

  test('leaves that are not finite, packed where JSON cannot hold them', () => {
    const data = Buffer.from(Float64Array.of(1, Number.NaN, 3).buffer).toString('base64');
    expect(() => compile({ leaves: { dtype: 'float64', shape: [3, 1], data } })).toThrow('finite');
  });

  test('a large artifact that is unsound at its end is refused soon', () => {
    const count = 1_000_001;
    const left = new Int32Array(count);
    const tests = new Uint16Array(count);
    for (let i = 0; i + 2 < count; i += 2) {
      left[i] = i + 1;
      tests[i] = 1;
    }
    left[count - 1] = count - 2;
    const spec = {
      ...SPEC,
      roots: [0],
      left: packArray(left),
      tests: packArray(tests),
      thresholds: packArray(new Float32Array(count)),
    };
    expect(() => compile(spec)).toThrow(`left[${count - 1}]`);
  });
});
