import { portable, portableMetrics, portableModel } from './portable';

const STEP = { type: 'standardize' as const, center: [0.1 + 0.2], scale: [1 / 3] };

describe('portable', () => {
  it('keeps 12 significant digits, small numbers and the sign', () => {
    expect(portable(-1.7899178485358065)).toBe(-1.78991784854);
    expect(portable(3.57476769992369e-20)).toBe(3.57476769992e-20);
    expect(portable(123456789012345)).toBe(123456789012000);
  });

  it('hides the last digits in which machines may differ', () => {
    expect(portable(0.1 + 0.2)).toBe(portable(0.3));
  });
});

describe('portableModel', () => {
  it('rounds the weights and leaves the scaler alone', () => {
    const weights = { coefficients: [[2 / 3]], intercepts: [-1 / 3] };
    expect(portableModel({ scaler: STEP, weights })).toEqual({
      scaler: STEP,
      weights: { coefficients: [[0.666666666667]], intercepts: [-0.333333333333] },
    });
  });
});

describe('portableMetrics', () => {
  it('rounds what comes from logarithms and leaves shares alone', () => {
    expect(portableMetrics({ n: 3, accuracy: 2 / 3, logLoss: 1 / 3, brier: 1 / 7 })).toEqual({
      n: 3,
      accuracy: 2 / 3,
      logLoss: 0.333333333333,
      brier: 0.142857142857,
    });
  });

  it('adds nothing to a model without probabilities', () => {
    expect(Object.keys(portableMetrics({ accuracy: 1 }))).toEqual(['accuracy']);
  });
});
