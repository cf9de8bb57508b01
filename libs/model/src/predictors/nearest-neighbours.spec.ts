import { largestDifference, scoreRow } from '../../../../test/support/score-row';
import type { NearestNeighboursSpec } from './nearest-neighbours';

const classifier: NearestNeighboursSpec = {
  type: 'nearest-neighbours',
  rows: [
    [0, 0],
    [3, 4],
    [1, 0],
    [0, 2],
  ],
  targets: [0, 1, 1, 2],
  classCount: 3,
  neighbours: 3,
  metric: { name: 'euclidean' },
  weights: 'uniform',
};

describe('nearest neighbours', () => {
  test('vote', () => {
    // From (0, 0) the distances are 0, 5, 1 and 2.
    expect(scoreRow(classifier, [0, 0])).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(scoreRow({ ...classifier, neighbours: 2 }, [3, 0])).toEqual([0.5, 0.5, 0]);
  });

  test('count with the inverse of their distance', () => {
    // From (0, 1): 1, √18, √2 and 1; the nearest three weigh 1, 1 and 1/√2.
    const scores = scoreRow({ ...classifier, weights: 'distance' }, [0, 1]);
    const sum = 2 + 1 / Math.SQRT2;
    expect(largestDifference(scores, [1 / sum, 1 / Math.SQRT2 / sum, 1 / sum])).toBeLessThan(1e-15);
  });

  test('at distance 0 count alone', () => {
    expect(scoreRow({ ...classifier, weights: 'distance' }, [1, 0])).toEqual([0, 1, 0]);
  });

  test('at equal distances are the rows with the lowest numbers', () => {
    const spec = {
      ...classifier,
      neighbours: 1,
      rows: [[1], [-1], [1], [-1]],
      targets: [2, 1, 0, 0],
    };
    expect(scoreRow(spec, [0])).toEqual([0, 0, 1]);
  });

  test('are averaged in a regression', () => {
    const { classCount: _, ...rest } = classifier;
    const regressor: NearestNeighboursSpec = { ...rest, neighbours: 2, targets: [10, 20, 30, 40] };
    expect(scoreRow(regressor, [0, 0])).toEqual([20]);
    // Distances 1/4 and 3/4 weigh 4 and 4/3: (40 + 40)/(16/3) = 15.
    expect(scoreRow({ ...regressor, weights: 'distance' }, [0.25, 0])).toEqual([15]);
  });

  test.each<[NearestNeighboursSpec['metric'], number]>([
    [{ name: 'euclidean' }, 1],
    [{ name: 'manhattan' }, 0],
    [{ name: 'chebyshev' }, 1],
    [{ name: 'minkowski', p: 1 }, 0],
    [{ name: 'minkowski', p: 3 }, 1],
  ])('by %j', (metric, nearest) => {
    // (5, 0) is 5 away in every metric; (3, 3) 6 by steps, 4.24 straight, 3.78 with p = 3, 3 at most.
    const spec = {
      ...classifier,
      metric,
      neighbours: 1,
      rows: [
        [5, 0],
        [3, 3],
      ],
      targets: [0, 1],
    };
    expect(scoreRow(spec, [0, 0])).toEqual(nearest === 0 ? [1, 0, 0] : [0, 1, 0]);
  });

  test('give no answer where distances overflow', () => {
    expect(scoreRow(classifier, [1e300, 0])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test.each<[string, Partial<NearestNeighboursSpec>, string]>([
    ['more neighbours than rows', { neighbours: 5 }, 'predictor.neighbours'],
    ['a target that is no class', { targets: [0, 1, 2, 3] }, 'predictor.targets'],
    ['rows of another width', { rows: [[1], [2], [3], [4]] }, 'predictor.rows'],
  ])('refuse %s', (_, change, path) => {
    const faulty = { ...classifier, ...change };
    expect(() => scoreRow(faulty, [1, 2])).toThrow(expect.objectContaining({ path }));
  });
});
