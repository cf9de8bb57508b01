import { CompiledModel, sealArtifact } from '@inferserve/model';
import type { LabelledRows } from '../data/dataset';
import { TrainingError } from '../training.error';
import { crossValidate } from './cross-validate';

/** Odds of e^x for the second class, whatever the data. */
function oddsClassifier(output: 'sigmoid' | 'scores-only' = 'sigmoid'): CompiledModel {
  return new CompiledModel(
    sealArtifact({
      name: 'odds',
      version: '1',
      task: 'classification',
      classes: ['no', 'yes'],
      columns: [{ type: 'number', name: 'x' }],
      pipeline: [],
      predictor: { type: 'linear', coefficients: [[1]], intercepts: [0] },
      output: { type: output },
      verification: { tolerance: 1e-12, cases: [] },
      provenance: { source: 'trained' },
    }),
  );
}

const THREE_TO_ONE = Math.log(3);
/** The odds are right 3 to 1 for all rows but one, on which they are wrong 3 to 1. */
const DATA: LabelledRows = {
  rows: [-1, -1, -1, 1, 1, -1].map((sign) => [sign * THREE_TO_ONE]),
  labels: [0, 0, 0, 1, 1, 1],
};
const PLAN = { repeats: 2, folds: 3, seed: 5 };

describe('crossValidate', () => {
  it('gives mean and population deviation over all folds', () => {
    const result = crossValidate(DATA, PLAN, () => oddsClassifier());
    // Folds of two rows: four with both right, two (one a repeat) with one right and one wrong.
    const [good, bad] = [Math.log(4 / 3), (Math.log(4 / 3) + Math.log(4)) / 2];
    expect(result.accuracy.mean).toBeCloseTo(5 / 6, 14);
    expect(result.accuracy.deviation).toBeCloseTo(0.5 * Math.sqrt(2 / 9), 14);
    expect(result.logLoss!.mean).toBeCloseTo((2 * good + bad) / 3, 14);
    expect(result.logLoss!.deviation).toBeCloseTo((bad - good) * Math.sqrt(2 / 9), 14);
    expect(result.brier!.mean).toBeCloseTo((5 * 0.125 + 1.125) / 6, 14);
    expect(result.confusionMatrix).toEqual([
      [6, 0],
      [2, 4],
    ]);
    expect(result).toMatchObject(PLAN);
  });

  it('fits on all rows but those of the fold', () => {
    const data = { rows: DATA.labels.map((_, row) => [row]), labels: DATA.labels };
    const seen: number[][] = [];
    crossValidate(data, PLAN, ({ rows, labels }) => {
      seen.push(rows.flat());
      expect(labels).toEqual(rows.map(([row]) => DATA.labels[row!]));
      return oddsClassifier();
    });
    const unseen = seen.map((rows) => [0, 1, 2, 3, 4, 5].filter((row) => !rows.includes(row)));
    expect(seen.map((rows) => rows.length)).toEqual([4, 4, 4, 4, 4, 4]);
    expect(unseen.slice(0, 3).flat().sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(unseen.slice(3).flat().sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(unseen.slice(0, 3)).not.toEqual(unseen.slice(3));
  });

  it('tells each fit before it is made', () => {
    const events: string[] = [];
    crossValidate(
      DATA,
      { ...PLAN, repeats: 1 },
      () => {
        events.push('fit');
        return oddsClassifier();
      },
      (number, total) => events.push(`${number}/${total}`),
    );
    expect(events).toEqual(['1/3', 'fit', '2/3', 'fit', '3/3', 'fit']);
  });

  it('has no log-loss for a model without probabilities', () => {
    const result = crossValidate(DATA, PLAN, () => oddsClassifier('scores-only'));
    expect(result.accuracy.mean).toBeCloseTo(5 / 6, 14);
    expect(result).not.toHaveProperty('logLoss');
    expect(result).not.toHaveProperty('brier');
  });

  it.each([
    { repeats: 0, folds: 5 },
    { repeats: 10, folds: 1 },
    { repeats: NaN, folds: 2 },
  ])('refuses $repeats × $folds folds', (plan) => {
    const validate = () => crossValidate(DATA, { ...plan, seed: 1 }, () => oddsClassifier());
    expect(validate).toThrow(TrainingError);
    expect(validate).toThrow(
      `cannot cross-validate ${plan.repeats} times with ${plan.folds} folds`,
    );
  });
});
