import { compileFitted, fitModel } from './fit-model';

const DATA = { rows: [[10], [20], [30], [40]], labels: [0, 0, 1, 1] };

describe('fitModel', () => {
  it('fits the scaler on the rows, and the regression on the scaled ones', () => {
    const { scaler, weights } = fitModel(DATA, 2, { learningRate: 1, numSteps: 1 });
    // Mean 25, variance 125; one step from zero is Σ (y − 1/2) x over the scaled rows.
    expect(scaler).toMatchObject({ center: [25], scale: [Math.sqrt(125)] });
    expect(weights.coefficients[0]![0]).toBeCloseTo((7.5 + 2.5 + 2.5 + 7.5) / Math.sqrt(125), 12);
    expect(weights.intercepts[0]).toBeCloseTo(0, 12);
  });

  it('checks the rows before it scales them', () => {
    const ragged = { rows: [[1, 2], [3]], labels: [0, 1] };
    expect(() => fitModel(ragged, 2, { learningRate: 1, numSteps: 1 })).toThrow(
      'row 1 has 1 features',
    );
  });
});

describe('compileFitted', () => {
  it('scales and scores raw rows', () => {
    const classifier = compileFitted(fitModel(DATA, 2, { learningRate: 1, numSteps: 50 }), {
      name: 'halves',
      features: [{ name: 'x' }],
      classes: ['low', 'high'],
    });
    const answers = [10, 24, 26, 40].map((x) => classifier.score([x]));
    expect(answers).toMatchObject(['low', 'low', 'high', 'high'].map((label) => ({ label })));
    classifier.score([25]);
    expect(classifier.probabilities()![0]).toBeCloseTo(0.5, 12);
  });
});
