import type { Artifact } from '../artifact/artifact';
import type { Predictor, Transform } from '../compile/compiled-parts';
import { classOutputKind, numberOutputKind } from '../outputs/outputs';
import { MIXTURE } from '../transforms/sources';
import type { Explanation } from './explanation';
import { RowExplainer } from './row-explainer';

/** Steps of 10 ns that a request may take, five seconds. */
const MAX_STEPS_OF_REQUEST = 500_000_000;

/** Explains the answers of a model, where they can be split into what each column adds. */
export class Explanations {
  private explainer?: RowExplainer;

  /**
   * @param offsets where each column starts in the row
   * @param unitOfRow what the row that was scored last is in multiples of; not 1 where its scores overflow
   */
  constructor(
    private readonly artifact: Artifact,
    private readonly pipeline: Transform,
    private readonly predictor: Predictor,
    private readonly offsets: readonly number[],
    private readonly unitOfRow: () => number,
  ) {}

  /** Most rows that one request may have explained. */
  get maxRows(): number {
    return Math.floor(MAX_STEPS_OF_REQUEST / (this.predictor.explanationSteps ?? 1));
  }

  /** Why there are none; `undefined` where there are. */
  get unavailable(): string | undefined {
    const { artifact, pipeline, predictor } = this;
    if (!predictor.explainer) {
      const trees = artifact.predictor.type === 'trees' ? artifact.predictor : undefined;
      return trees?.combine.type === 'sum'
        ? 'The trees are too large to explain a row within 50 ms, or the artifact lacks the counts of training rows by node'
        : 'Only linear models and sums of trees can be explained';
    }
    if (this.unit === undefined || !standsForClasses(artifact, predictor)) {
      return 'The scores of this model do not stand for its classes one by one';
    }
    const isWhole =
      this.offsets.length === 1 || pipeline.sources?.().every((source) => source !== MIXTURE);
    return isWhole ? undefined : 'A step of this model mixes columns';
  }

  /**
   * Explains the row that was scored last; `undefined` for one whose scores overflow.
   * @param classIndex the predicted class; 0 for regression
   */
  explain(classIndex: number): Explanation | undefined {
    if (this.unitOfRow() !== 1) return undefined;
    const { artifact, pipeline, predictor, offsets, unit } = this;
    this.explainer ??= new RowExplainer(artifact, pipeline, predictor, offsets, unit!);
    return this.explainer.explain(classIndex);
  }

  /** What scores are in, such as log-odds; `undefined` where they cannot be explained. */
  get unit(): string | undefined {
    const { artifact } = this;
    return artifact.task === 'classification'
      ? classOutputKind(artifact.output).scoreUnit
      : numberOutputKind(artifact.output).scoreUnit;
  }
}

function standsForClasses(artifact: Artifact, { scores }: Predictor): boolean {
  if (artifact.task === 'regression') return scores.length === 1;
  const { length } = artifact.classes;
  return scores.length === length || (scores.length === 1 && length === 2);
}
