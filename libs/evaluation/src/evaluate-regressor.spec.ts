import { CompiledModel, sealArtifact } from '@inferserve/model';
import { evaluateRegressor } from './evaluate-regressor';

/** Answers 2 · x. */
const TWICE = new CompiledModel(
  sealArtifact({
    name: 'twice',
    version: '1',
    task: 'regression',
    columns: [{ type: 'number', name: 'x' }],
    pipeline: [],
    predictor: { type: 'linear', coefficients: [[2]], intercepts: [0] },
    output: { type: 'identity' },
    verification: { tolerance: 1e-12, cases: [] },
    provenance: { source: 'trained' },
  }),
);

describe('evaluateRegressor', () => {
  it('gives R², mean absolute and root mean squared error', () => {
    // Answers 2, 4, 6 for 3, 4, 8: errors 1, 0, 2; the truth varies by 14 around its mean 5.
    const figures = evaluateRegressor(TWICE, [[1], [2], [3]], [3, 4, 8]);
    expect(figures.n).toBe(3);
    expect(figures.r2).toBeCloseTo(1 - 5 / 14, 14);
    expect(figures.mae).toBeCloseTo(1, 14);
    expect(figures.rmse).toBeCloseTo(Math.sqrt(5 / 3), 14);
    expect(figures.pairs).toEqual([
      [3, 2],
      [4, 4],
      [8, 6],
    ]);
  });

  it('has an R² where the truth does not vary', () => {
    expect(evaluateRegressor(TWICE, [[1], [1]], [2, 2]).r2).toBe(1);
    expect(evaluateRegressor(TWICE, [[1], [2]], [2, 2]).r2).toBe(0);
  });

  it.each([
    ['an error', [0], [1e200]],
    ['the spread of the truth', [1e200, 0], [2e200, 0]],
    ['the sum of the truth', [8.5e307, 8.5e307], [1.7e308, 1.7e308]],
  ])('refuses figures of which %s overflows', (_, x, truth) => {
    const rows = x.map((value) => [value]);
    expect(() => evaluateRegressor(TWICE, rows, truth)).toThrow('squares overflow');
  });
});
