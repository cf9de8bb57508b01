import { CompiledModel, sealArtifact } from '@inferserve/model';
import { brierScore } from './brier-score';
import { evaluate, evaluateClassifier } from './evaluate';
import { logLoss } from './log-loss';

const TRUTH = [0, 1, 2, 1];
const PROBABILITIES = [
  [0.7, 0.2, 0.1],
  [0.1, 0.8, 0.1],
  [0, 0, 1],
  [1, 0, 0],
];

function signClassifier(output: 'sigmoid' | 'scores-only'): CompiledModel {
  return new CompiledModel(
    sealArtifact({
      name: 'sign',
      version: '1',
      task: 'classification',
      classes: ['minus', 'plus'],
      columns: [{ type: 'number', name: 'x' }],
      pipeline: [],
      predictor: { type: 'linear', coefficients: [[1]], intercepts: [-2] },
      output: { type: output },
      verification: { tolerance: 1e-12, cases: [] },
      provenance: { source: 'trained' },
    }),
  );
}

// Figures with many digits are scikit-learn 1.9.1's.
describe('logLoss', () => {
  it('clips certain mistakes and certain hits as scikit-learn does', () => {
    expect(logLoss(TRUTH, PROBABILITIES)).toBeCloseTo(9.155867971092524, 12);
  });

  it('puts bounds to certainty', () => {
    expect(logLoss([0], [[1, 0]]) / 2.220446049250313e-16).toBeCloseTo(1, 14);
    expect(logLoss([1], [[1, 0]])).toBeCloseTo(36.04365338911715, 12);
  });

  it('is the mean surprise', () => {
    expect(
      logLoss(
        [0, 1],
        [
          [0.5, 0.5],
          [0.75, 0.25],
        ],
      ),
    ).toBeCloseTo(Math.log(8) / 2, 14);
    expect(
      logLoss(
        [0, 1],
        [
          [0.9, 0.1],
          [0.35, 0.65],
        ],
      ),
    ).toBeCloseTo(0.2680717158751402, 14);
  });
});

describe('brierScore', () => {
  it('sums the squares over all classes', () => {
    expect(brierScore(TRUTH, PROBABILITIES)).toBeCloseTo(0.55, 14);
    expect(
      brierScore(
        [0, 1],
        [
          [0.9, 0.1],
          [0.35, 0.65],
        ],
      ),
    ).toBeCloseTo(0.1325, 14);
  });

  it('is 0 for certain hits and 2 for certain mistakes', () => {
    expect(brierScore([0], [[1, 0]])).toBe(0);
    expect(brierScore([1], [[1, 0]])).toBe(2);
  });
});

describe('evaluate', () => {
  const predicted = [0, 1, 2, 0];

  it('gives every figure in the order of the artifact', () => {
    const metrics = evaluate({
      truth: TRUTH,
      predicted,
      classCount: 3,
      probabilities: PROBABILITIES,
    });
    expect(Object.keys(metrics)).toEqual(['n', 'accuracy', 'logLoss', 'brier', 'confusionMatrix']);
    expect(metrics).toMatchObject({
      n: 4,
      accuracy: 0.75,
      confusionMatrix: [
        [1, 0, 0],
        [1, 1, 0],
        [0, 0, 1],
      ],
    });
    expect(metrics.logLoss).toBeCloseTo(9.155867971092524, 12);
    expect(metrics.brier).toBeCloseTo(0.55, 14);
  });

  it('leaves out log-loss and Brier score without probabilities', () => {
    const metrics = evaluate({ truth: TRUTH, predicted, classCount: 3 });
    expect(Object.keys(metrics)).toEqual(['n', 'accuracy', 'confusionMatrix']);
  });

  it.each<[string, number[][], string]>([
    ['too few rows', [[1, 0, 0]], 'expected probabilities of 4 rows, not of 1'],
    ['too few classes', PROBABILITIES.map((p) => p.slice(1)), 'row 0 must have 3 probabilities'],
    ['a NaN', [...PROBABILITIES.slice(1), [NaN, 0, 1]], 'not [NaN, 0, 1]'],
    ['a negative one', [[-0.1, 1, 0.1], ...PROBABILITIES.slice(1)], 'not [-0.1, 1, 0.1]'],
    ['one above 1', [[0, 1.5, 0], ...PROBABILITIES.slice(1)], 'not [0, 1.5, 0]'],
  ])('refuses probabilities with %s', (_, probabilities, message) => {
    const figures = () => evaluate({ truth: TRUTH, predicted, classCount: 3, probabilities });
    expect(figures).toThrow(RangeError);
    expect(figures).toThrow(message);
  });
});

describe('evaluateClassifier', () => {
  // The odds are e^(x − 2): 3 to 1 for plus, 3 to 1 for minus, 3 to 1 for plus.
  const data = {
    rows: [[2 + Math.log(3)], [2 - Math.log(3)], [2 + Math.log(3)]],
    labels: [1, 0, 0],
  };

  it('asks for classes and probabilities of raw rows', () => {
    const metrics = evaluateClassifier(signClassifier('sigmoid'), data);
    expect(metrics.confusionMatrix).toEqual([
      [1, 1],
      [0, 1],
    ]);
    expect(metrics.logLoss).toBeCloseTo((2 * Math.log(4 / 3) + Math.log(4)) / 3, 14);
    expect(metrics.brier).toBeCloseTo((2 * 0.125 + 1.125) / 3, 14);
  });

  it('does without probabilities where the model has none', () => {
    const metrics = evaluateClassifier(signClassifier('scores-only'), data);
    expect(metrics.accuracy).toBe(2 / 3);
    expect(metrics.logLoss).toBeUndefined();
  });
});
