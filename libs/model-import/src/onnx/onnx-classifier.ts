import type { ClassLabel, LinearModel } from '@inferserve/model';

/** What the nodes of a classifier amount to. */
export interface OnnxClassifier {
  readonly type: string;
  readonly classes: readonly ClassLabel[];
  readonly model: LinearModel;
}
