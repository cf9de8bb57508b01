import { Matrix } from 'ml-matrix';
import { fitLogisticRegression } from './fit-logistic-regression';

jest.mock('ml-logistic-regression', () => ({
  __esModule: true,
  default: class {
    readonly classifiers = [NaN, 1].map((weight) => ({ weights: new Matrix([[weight, 0]]) }));

    train(): void {}
  },
}));

describe('fitLogisticRegression', () => {
  it('refuses weights that the library hands back without a word', () => {
    const data = { rows: [[-1], [1]], labels: [0, 1] };
    expect(() => fitLogisticRegression(data, 2, { learningRate: 0.1, numSteps: 1 })).toThrow(
      'weights that are not finite at learning rate 0.1. Use a smaller learning rate.',
    );
  });
});
