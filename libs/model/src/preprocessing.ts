import type { Artifact, PreprocessingStep } from './artifact';

/** Transforms a row in place; the row and every offset are multiples of `unit`. */
export type Step = (row: Float64Array, unit: number) => void;

/** The steps as functions over typed arrays, in order; parts that change nothing are left out. */
export function compileSteps(steps: readonly PreprocessingStep[]): Step[] {
  return steps.map(compileStep);
}

function compileStep(step: PreprocessingStep): Step {
  if (step.type === 'standardize') {
    const width = step.center?.length ?? step.scale?.length ?? 0;
    const center = Float64Array.from(step.center ?? Array<number>(width).fill(0));
    const scale = Float64Array.from(step.scale ?? Array<number>(width).fill(1));
    // Divided by the scale, as scikit-learn does: a stored reciprocal would differ in the last digit.
    return (row, unit) => {
      for (let j = 0; j < width; j++) row[j] = (row[j]! - center[j]! * unit) / scale[j]!;
    };
  }
  const multiply = Float64Array.from(step.multiply);
  const add = Float64Array.from(step.add);
  const [low, high] = step.clip ?? [-Infinity, Infinity];
  return (row, unit) => {
    for (let j = 0; j < row.length; j++) {
      const value = row[j]! * multiply[j]! + add[j]! * unit;
      row[j] = Math.min(Math.max(value, low * unit), high * unit);
    }
  };
}

/** Upper bound of the absolute score of any finite row, as a multiple of `unit`; infinite where there is none. */
export function worstCaseMagnitude(artifact: Artifact, unit: number): number {
  let bound = Number.MAX_VALUE * unit;
  for (const step of artifact.preprocessing) {
    if (step.type === 'standardize') {
      bound = (bound + largest(step.center) * unit) / Math.min(1, ...(step.scale ?? []));
    } else {
      bound = bound * largest(step.multiply) + largest(step.add) * unit;
    }
  }
  const width = artifact.input.features.length;
  return (
    width * bound * largest(artifact.model.coefficients.flat()) +
    largest(artifact.model.intercepts) * unit
  );
}

function largest(values: readonly number[] | null): number {
  return (values ?? []).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
