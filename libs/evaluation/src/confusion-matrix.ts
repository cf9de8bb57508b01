/** Counts of rows: `matrix[i][j]` of them are of class i and were predicted as class j. */
export type ConfusionMatrix = readonly (readonly number[])[];

/**
 * Counts each pair of true and predicted class.
 * @param truth n class indices
 * @param predicted n class indices in the same order
 * @throws RangeError for lists of different length, no rows, or an index that is not 0 to classCount − 1
 */
export function confusionMatrix(
  truth: readonly number[],
  predicted: readonly number[],
  classCount: number,
): ConfusionMatrix {
  if (truth.length !== predicted.length || truth.length === 0) {
    throw new RangeError(
      `cannot compare ${truth.length} true classes with ${predicted.length} predicted ones: give one of each a row`,
    );
  }
  const matrix = Array.from({ length: classCount }, () => Array<number>(classCount).fill(0));
  for (const [row, trueClass] of truth.entries()) {
    const predictedClass = predicted[row]!;
    const counts = matrix[trueClass];
    if (counts?.[predictedClass] === undefined) {
      throw new RangeError(
        `row ${row} has the classes ${trueClass} and ${predictedClass}: both must be from 0 to ${classCount - 1}`,
      );
    }
    counts[predictedClass]! += 1;
  }
  return matrix;
}

/** Share of the rows on the diagonal. */
export function accuracy(matrix: ConfusionMatrix): number {
  const right = matrix.reduce((total, counts, k) => total + counts[k]!, 0);
  return right / matrix.reduce((total, counts) => counts.reduce((sum, n) => sum + n, total), 0);
}
