import reference from '../../../../test/reference/iris-split.json';
import { selectRows } from '../data/dataset';
import { IRIS } from '../data/iris';
import { fitLogisticRegression } from './fit-logistic-regression';

const TWO_CLASSES = {
  rows: [
    [-2, 0],
    [-1, 1],
    [0, -1],
    [1, 0],
    [2, 1],
    [-0.5, 0.5],
  ],
  labels: [0, 0, 0, 1, 1, 1],
};

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 10);
}

// Expected weights come from the same gradient descent written in NumPy, with targets the usual way round.
describe('fitLogisticRegression', () => {
  it('gives a row a class with softmax for three classes', () => {
    const { rows, labels } = selectRows(IRIS, reference.trainIndices);
    const { mean, scale } = reference.scaler;
    const standardised = rows.map((row) => row.map((value, j) => (value - mean[j]!) / scale[j]!));
    const model = fitLogisticRegression({ rows: standardised, labels }, 3, {
      learningRate: 5e-3,
      numSteps: 5000,
    });
    const expected = [
      [-1.7899178485358085, 3.023377528457392, -4.18747142052309, -3.7603428111780355],
      [0.03903752176832866, -1.3002957114362677, 1.7736459428086182, -1.7777645121365644],
      [-1.0615040086397638, -2.088348925798759, 8.44642582110883, 7.860981635942967],
    ];
    for (const [k, row] of expected.entries()) expectClose(model.coefficients[k]!, row);
    expectClose(model.intercepts, [-4.125565135651343, -0.9483082924642963, -11.164734462317488]);
  });

  it('gives the one row of the second class for two classes', () => {
    const model = fitLogisticRegression(TWO_CLASSES, 2, { learningRate: 0.1, numSteps: 200 });
    expect(model.coefficients).toHaveLength(1);
    expectClose(model.coefficients[0]!, [4.098658245075924, 2.628472028385664]);
    expectClose(model.intercepts, [0.765334803822254]);
  });

  it('leaves the data as they were', () => {
    const before = structuredClone(TWO_CLASSES);
    fitLogisticRegression(TWO_CLASSES, 2, { learningRate: 0.1, numSteps: 2 });
    expect(TWO_CLASSES).toEqual(before);
  });

  it('refuses rows that do not fit together', () => {
    const data = { rows: [[1, 2], [3]], labels: [0, 1] };
    expect(() => fitLogisticRegression(data, 2, { learningRate: 0.1, numSteps: 1 })).toThrow(
      'row 1 has 1 features and row 0 has 2',
    );
  });

  it.each([0, -0.1, NaN, Infinity, 0.78])('refuses the learning rate %d', (learningRate) => {
    expect(() => fitLogisticRegression(TWO_CLASSES, 2, { learningRate, numSteps: 10 })).toThrow(
      `learning rate ${learningRate} is not sure to converge on these rows. Use a smaller learning rate, above 0 and below 0.772.`,
    );
  });

  it.each([0, 1.5, NaN, -3])('refuses %d steps', (numSteps) => {
    expect(() => fitLogisticRegression(TWO_CLASSES, 2, { learningRate: 0.1, numSteps })).toThrow(
      `numSteps is ${numSteps}. Use a whole number of at least 1.`,
    );
  });
});
