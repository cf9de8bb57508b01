import type { PreprocessingStep } from '@inferserve/model';

/**
 * Which input feature each column of an intermediate table comes from. Numbers that stand by column are
 * put by feature with `spread`, so that an artifact needs no step that reorders.
 */
export class Columns {
  private constructor(
    readonly features: readonly number[],
    readonly featureCount: number,
  ) {}

  static all(featureCount: number): Columns {
    return new Columns(
      Array.from({ length: featureCount }, (_, feature) => feature),
      featureCount,
    );
  }

  get length(): number {
    return this.features.length;
  }

  /** The columns at these positions, in this order. */
  select(positions: readonly number[]): Columns {
    return new Columns(
      positions.map((position) => this.features[position]!),
      this.featureCount,
    );
  }

  /** One number a feature; `otherwise` for features that no column comes from. */
  spread(values: readonly number[], otherwise: number): number[] {
    const spread = Array<number>(this.featureCount).fill(otherwise);
    for (const [column, feature] of this.features.entries()) spread[feature] = values[column]!;
    return spread;
  }

  /** The step of these columns as a step of all features; other features pass unchanged. */
  spreadStep(step: PreprocessingStep): PreprocessingStep {
    if (step.type === 'affine') {
      return { ...step, multiply: this.spread(step.multiply, 1), add: this.spread(step.add, 0) };
    }
    return {
      ...step,
      center: step.center && this.spread(step.center, 0),
      scale: step.scale && this.spread(step.scale, 1),
    };
  }
}
