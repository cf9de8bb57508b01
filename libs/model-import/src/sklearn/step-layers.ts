import type { PreprocessingStep } from '@inferserve/model';
import type { Columns } from './columns';

/**
 * Steps of separate columns as steps of all columns. Steps at the same place of their parts become one
 * where they are of one kind, so that ten scalers of a column each do not make ten steps.
 */
export class StepLayers {
  private readonly layers: Map<string, PreprocessingStep>[] = [];

  /** The steps of one part, in order; no other part has any of its columns. */
  add(columns: Columns, steps: readonly PreprocessingStep[]): void {
    for (const [place, step] of steps.entries()) {
      const layer = (this.layers[place] ??= new Map<string, PreprocessingStep>());
      const spread = complete(columns.spreadStep(step), columns.featureCount);
      const before = layer.get(spread.type);
      layer.set(spread.type, before ? overlay(before, spread, columns) : spread);
    }
  }

  get steps(): PreprocessingStep[] {
    return this.layers.flatMap((layer) => [...layer.values()]);
  }
}

/** Parts that are left out, spelled out: x − 0 and x / 1 are exact. */
function complete(step: PreprocessingStep, width: number): PreprocessingStep {
  if (step.type === 'affine') return step;
  return {
    ...step,
    center: step.center ?? Array<number>(width).fill(0),
    scale: step.scale ?? Array<number>(width).fill(1),
  };
}

/** `before` with the numbers of `step` in its columns. */
function overlay(
  before: PreprocessingStep,
  step: PreprocessingStep,
  { features }: Columns,
): PreprocessingStep {
  const own = new Set(features);
  const choose = (old: readonly number[] | null, fresh: readonly number[] | null): number[] =>
    (fresh ?? []).map((value, feature) => (own.has(feature) ? value : old![feature]!));
  const from = before.from === step.from ? before.from : `${before.from}, ${step.from}`;
  if (before.type === 'affine' && step.type === 'affine') {
    return {
      ...before,
      multiply: choose(before.multiply, step.multiply),
      add: choose(before.add, step.add),
      ...(from !== undefined && { from }),
    };
  }
  if (before.type !== 'standardize' || step.type !== 'standardize') return before;
  return {
    ...before,
    center: choose(before.center, step.center),
    scale: choose(before.scale, step.scale),
    ...(from !== undefined && { from }),
  };
}
