import type { Artifact } from '../artifact/artifact';
import type { Predictor, Transform } from '../compile/compiled-parts';
import { expectedRow } from './expected-row';
import type { Explanation } from './explanation';

/** Explains answers, one after the other; made at the first question. */
export class RowExplainer {
  private readonly explainer;
  private readonly columnOf: Int32Array;
  /** Contributions of the positions that the predictor reads. */
  private readonly parts: Float64Array;

  private readonly columnCount: number;

  /**
   * Only for models that `Explanations` has no reason against.
   * @param offsets where each column starts in the row
   */
  constructor(
    private readonly artifact: Artifact,
    pipeline: Transform,
    private readonly predictor: Predictor,
    offsets: readonly number[],
    private readonly unit: string,
  ) {
    // What a single column becomes is all its own, whatever the steps mix.
    this.columnOf =
      offsets.length === 1
        ? new Int32Array(pipeline.output.values.length)
        : pipeline.sources!().map((source) => columnAt(source, offsets));
    this.columnCount = offsets.length;
    this.explainer = predictor.explainer!(expectedRow(artifact, this.columnOf));
    this.parts = new Float64Array(this.columnOf.length);
  }

  /** Explains the row that was scored last; `classIndex` is the predicted class of a classifier. */
  explain(classIndex: number): Explanation {
    const { explainer, columnOf, parts, unit, artifact } = this;
    const { scores } = this.predictor;
    const index = scores.length === 1 ? 0 : classIndex;
    // A single score stands for the second of two classes.
    const isAgainst = artifact.task === 'classification' && scores.length === 1;
    const sign = isAgainst && classIndex === 0 ? -1 : 1;
    const base = sign * explainer.explain(index, parts);
    const contributions = new Float64Array(this.columnCount);
    for (let j = 0; j < parts.length; j++) contributions[columnOf[j]!]! += sign * parts[j]!;
    return { score: sign * scores[index]!, base, unit, contributions };
  }
}

/** The column that a position of the row belongs to: the last one that starts at it or before. */
function columnAt(position: number, offsets: readonly number[]): number {
  return offsets.findLastIndex((offset) => offset <= position);
}
