import type { Artifact } from '../artifact/artifact';
import { classOutputKind, numberOutputKind } from '../outputs/outputs';
import { predictorKind } from '../predictors/predictors';
import { transformKind } from '../transforms/transforms';

/** What a model computes, step by step, in a few words each. */
export function describeModel(artifact: Artifact): {
  readonly pipeline: readonly string[];
  readonly predictor: string;
  readonly output: string;
} {
  return {
    pipeline: artifact.pipeline.map((step) => transformKind(step).describe(step)),
    predictor: predictorKind(artifact.predictor).describe(artifact.predictor),
    output:
      artifact.task === 'classification'
        ? classOutputKind(artifact.output).describe(artifact.output)
        : numberOutputKind(artifact.output).describe(artifact.output),
  };
}
