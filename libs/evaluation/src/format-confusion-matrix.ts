import type { ClassLabel } from '@inferserve/model';
import type { ConfusionMatrix } from './confusion-matrix';

const CORNER = 'true \\ predicted';

/** The matrix as text, one row per true class, one column per predicted class; ends with a line feed. */
export function formatConfusionMatrix(
  matrix: ConfusionMatrix,
  classes: readonly ClassLabel[],
): string {
  const names = classes.map(String);
  const nameWidth = Math.max(CORNER.length, ...names.map((name) => name.length));
  const lines = [[CORNER, ...names], ...matrix.map((counts, k) => [names[k]!, ...counts])];
  const widths = names.map((name, k) =>
    Math.max(name.length, ...matrix.map((counts) => String(counts[k]).length)),
  );
  return lines
    .map(([name, ...cells]) =>
      [
        String(name).padStart(nameWidth),
        ...cells.map((cell, k) => String(cell).padStart(widths[k]!)),
      ].join('  '),
    )
    .map((line) => `${line}\n`)
    .join('');
}
