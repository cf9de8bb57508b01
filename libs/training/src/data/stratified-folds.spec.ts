import { array, assert, integer, nat, property } from 'fast-check';
import { TrainingError } from '../training.error';
import { IRIS } from './iris';
import { mulberry32 } from './mulberry32';
import { stratifiedFolds } from './stratified-folds';

function counts(labels: readonly number[], rows: readonly number[]): number[] {
  return [0, 1, 2].map((k) => rows.filter((row) => labels[row] === k).length);
}

function foldsOfIris(seed: number): number[][] {
  return stratifiedFolds(IRIS.labels, 5, mulberry32(seed));
}

describe('stratifiedFolds', () => {
  it('deals Iris to five folds of 10 flowers a class', () => {
    for (const fold of foldsOfIris(1)) {
      expect(counts(IRIS.labels, fold)).toEqual([10, 10, 10]);
    }
  });

  it('puts each row in one fold, and spreads classes and rows evenly', () => {
    const label = integer({ min: 0, max: 2 });
    const labelled = array(label, { maxLength: 40 }).map((more) => [
      ...[0, 1, 2].flatMap((k) => Array<number>(5).fill(k)),
      ...more,
    ]);
    assert(
      property(labelled, integer({ min: 2, max: 5 }), nat(), (labels, k, seed) => {
        const folds = stratifiedFolds(labels, k, mulberry32(seed));
        expect(folds.flat().sort((a, b) => a - b)).toEqual(labels.map((_, row) => row));
        const columns = [folds.map((fold) => fold.length)];
        for (const ofClass of [0, 1, 2]) {
          columns.push(folds.map((fold) => counts(labels, fold)[ofClass]!));
        }
        for (const sizes of columns) {
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('is the same for the same numbers and another for others', () => {
    expect(foldsOfIris(3)).toEqual(foldsOfIris(3));
    expect(foldsOfIris(3)).not.toEqual(foldsOfIris(4));
  });

  it('refuses a class with fewer rows than folds', () => {
    expect(() => stratifiedFolds([0, 0, 0, 1, 1], 3, () => 0)).toThrow(
      new TrainingError(
        'class 1 has 2 rows, fewer than the 3 folds',
        'Use fewer folds or give more rows of that class.',
      ),
    );
  });
});
