import { expectRows, faultPath, runTransform } from '../../../../test/support/run-transform';
import { polynomial } from './polynomial';

const step = {
  type: 'polynomial',
  minDegree: 0,
  maxDegree: 2,
  interactionOnly: false,
  bias: true,
} as const;
const row = [0.1, -0.7, 3.3];

/** From PolynomialFeatures of scikit-learn 1.9.1. */
describe(polynomial.type, () => {
  test('degree 3', () => {
    const [output] = runTransform({ ...step, maxDegree: 3 }, [row]);
    expect(output).toEqual([
      1, 0.1, -0.7, 3.3, 0.010000000000000002, -0.06999999999999999, 0.33, 0.48999999999999994,
      -2.3099999999999996, 10.889999999999999, 0.0010000000000000002, -0.006999999999999999, 0.033,
      0.048999999999999995, -0.23099999999999998, 1.089, -0.3429999999999999, 1.6169999999999995,
      -7.622999999999998, 35.937,
    ]);
  });

  test('degrees 2 to 3, interactions only, without bias', () => {
    const spec = { ...step, minDegree: 2, maxDegree: 3, interactionOnly: true, bias: false };
    expect(runTransform(spec, [row])).toEqual([
      [-0.06999999999999999, 0.33, -2.3099999999999996, -0.23099999999999998],
    ]);
  });

  test('degree 2 alone keeps the bias; degrees 0 to 1', () => {
    expectRows(runTransform({ ...step, minDegree: 2 }, [row]), [
      [
        1, 0.010000000000000002, -0.06999999999999999, 0.33, 0.48999999999999994,
        -2.3099999999999996, 10.889999999999999,
      ],
    ]);
    expectRows(runTransform({ ...step, maxDegree: 1 }, [row]), [[1, ...row]]);
  });

  test('refuses more products than a row may have', () => {
    expect(faultPath({ ...step, maxDegree: 20 }, 100)).toBe('pipeline[0].maxDegree');
    expect(faultPath({ ...step, minDegree: 3 }, 2)).toBe('pipeline[0].minDegree');
  });
});
