import { TrainingError } from '../training.error';
import { shuffled } from './shuffled';

/**
 * Deals the row indices to `foldCount` folds at random, so that folds differ by at most one in rows of any
 * class and in rows altogether. Indices are ascending within a fold.
 * @throws TrainingError where a class that occurs has fewer rows than there are folds
 */
export function stratifiedFolds(
  labels: readonly number[],
  foldCount: number,
  random: () => number,
): number[][] {
  const rowsOfClass = new Map<number, number[]>();
  for (const [row, label] of labels.entries()) {
    const rows = rowsOfClass.get(label);
    if (rows) rows.push(row);
    else rowsOfClass.set(label, [row]);
  }
  const folds = Array.from({ length: foldCount }, (): number[] => []);
  let dealt = 0;
  for (const [label, rows] of [...rowsOfClass].sort(([a], [b]) => a - b)) {
    if (rows.length < foldCount) {
      throw new TrainingError(
        `class ${label} has ${rows.length} rows, fewer than the ${foldCount} folds`,
        'Use fewer folds or give more rows of that class.',
      );
    }
    // The deal goes on from class to class: were each to start at fold 0, that would get every extra row.
    for (const row of shuffled(rows, random)) folds[dealt++ % foldCount]!.push(row);
  }
  return folds.map((fold) => fold.sort((a, b) => a - b));
}
