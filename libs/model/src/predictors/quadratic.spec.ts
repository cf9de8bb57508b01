import { largestDifference, scoreRow } from '../../../../test/support/score-row';
import type { QuadraticSpec } from './quadratic';

describe('quadratic discriminant analysis', () => {
  const straight = {
    mean: [1, 0],
    rotation: [
      [1, 0],
      [0, 1],
    ],
    scalings: [4, 1],
    logPrior: -1,
  };
  // Axes turned by 90 degrees: the variance of 4 lies along the second feature.
  const turned = {
    ...straight,
    rotation: [
      [0, 1],
      [1, 0],
    ],
  };
  const spec: QuadraticSpec = { type: 'quadratic', classes: [straight, turned] };

  test('measures distances along the axes of each class', () => {
    // (5, 2) - (1, 0) = (4, 2): 16/4 + 4/1 = 8, and turned 16/1 + 4/4 = 17; the determinant is 4.
    const expected = [-0.5 * (8 + Math.log(4)) - 1, -0.5 * (17 + Math.log(4)) - 1];
    expect(largestDifference(scoreRow(spec, [5, 2]), expected)).toBeLessThan(1e-14);
  });

  test.each<[string, Partial<QuadraticSpec['classes'][number]>, string]>([
    ['a mean of another width', { mean: [1] }, 'predictor.classes[1].mean'],
    ['a rotation of another shape', { rotation: [[1, 0]] }, 'predictor.classes[1].rotation'],
    ['a scaling of 0', { scalings: [0, 1] }, 'predictor.classes[1].scalings'],
  ])('refuses %s', (_, change, path) => {
    const faulty: QuadraticSpec = { ...spec, classes: [straight, { ...turned, ...change }] };
    expect(() => scoreRow(faulty, [5, 2])).toThrow(expect.objectContaining({ path }));
  });
});
