import { ArtifactError, type TransformSpec } from '@inferserve/model';
import { COMPILE_CONTEXT } from '../../libs/model/src/compile/compile-kinds';
import { denseVector, sparseVector, put, clear, type Vector } from '../../libs/model/src/vector';

/** The rows that steps make of `rows`, one after the other through the same compiled steps. */
export function runTransform(
  steps: TransformSpec | readonly TransformSpec[],
  rows: readonly (readonly number[])[],
  kind: 'dense' | 'sparse' = 'dense',
): number[][] {
  const width = rows[0]!.length;
  const input = kind === 'sparse' ? sparseVector(width) : denseVector(width);
  const pipeline = COMPILE_CONTEXT.pipeline([steps].flat() as TransformSpec[], input, 'pipeline');
  return rows.map((row) => {
    fill(input, row);
    pipeline.run(1);
    return [...pipeline.output.values];
  });
}

/** The path of the fault for which a step on `width` positions is refused. */
export function faultPath(spec: TransformSpec, width: number): string {
  try {
    COMPILE_CONTEXT.pipeline([spec], denseVector(width), 'pipeline');
  } catch (error) {
    if (error instanceof ArtifactError) return error.path;
    throw error;
  }
  throw new Error('the step was accepted');
}

/** Expects equal shapes, NaN where NaN is expected, and differences of at most 1e-13 relative to max(1, |expected|). */
export function expectRows(
  actual: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): void {
  expect(actual.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  const differences = actual.flatMap((row, i) =>
    row.map((value, j) => {
      const wanted = expected[i]![j]!;
      if (Object.is(value, wanted) || value === wanted) return 0;
      return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
    }),
  );
  for (const difference of differences) expect(difference).toBeLessThanOrEqual(1e-13);
}

function fill({ values, nonzero }: Vector, row: readonly number[]): void {
  if (!nonzero) {
    values.set(row);
    return;
  }
  clear({ values, nonzero });
  for (const [j, value] of row.entries()) if (value !== 0) put({ values, nonzero }, j, value);
}
