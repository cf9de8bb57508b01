import type { Artifact, ClassLabel, LinearModel } from './artifact';
import { ArtifactError } from './artifact.error';
import { compileSteps, type Step, worstCaseMagnitude } from './preprocessing';
import { fillProbabilities } from './probabilities';

/**
 * Rows are scored as multiples of this where plain scoring overflows: with it the largest double times any
 * sane weight stays finite, and every step is affine, so the order of the scores does not change.
 */
const SMALL_UNIT = 2 ** -1000;

/**
 * A linear classifier compiled to typed arrays: d features in, k classes out. Holds scratch space, so one
 * call at a time (all calls are synchronous); allocates nothing but the result.
 */
export class Classifier {
  readonly featureNames: readonly string[];
  readonly classes: readonly ClassLabel[];
  private readonly steps: readonly Step[];
  private readonly coefficients: Float64Array;
  private readonly intercepts: Float64Array;
  private readonly row: Float64Array;
  private readonly scores: Float64Array;
  private readonly model: LinearModel;

  /** @throws ArtifactError where the weights are so large that a finite row could not be scored */
  constructor(artifact: Artifact) {
    this.model = artifact.model;
    this.featureNames = Object.freeze(artifact.input.features.map((feature) => feature.name));
    this.classes = Object.freeze([...artifact.classes]);
    this.steps = compileSteps(artifact.preprocessing);
    this.coefficients = Float64Array.from(artifact.model.coefficients.flat());
    this.intercepts = Float64Array.from(artifact.model.intercepts);
    this.row = new Float64Array(this.featureNames.length);
    this.scores = new Float64Array(this.intercepts.length);
    if (!Number.isFinite(worstCaseMagnitude(artifact, SMALL_UNIT))) {
      throw new ArtifactError('model', 'has weights too large to score every finite row');
    }
  }

  /**
   * Index into `classes` of the class with the highest score; the first of equal ones, as scikit-learn does.
   * @param features d finite numbers in the order of `featureNames`
   * @throws RangeError for another number of features or one that is not finite
   */
  classify(features: ArrayLike<number>): number {
    this.score(features);
    const scores = this.scores;
    if (scores.length === 1) return scores[0]! > 0 ? 1 : 0;
    let best = 0;
    for (let k = 1; k < scores.length; k++) {
      if (scores[k]! > scores[best]!) best = k;
    }
    return best;
  }

  /**
   * k probabilities in the order of `classes`, or `undefined` for a model that has none.
   * They can tie where the scores do not: take the class from `classify`.
   * @param features d finite numbers in the order of `featureNames`
   * @throws RangeError as `classify` does
   */
  probabilities(features: ArrayLike<number>): Float64Array | undefined {
    if (this.model.probability === 'none') return undefined;
    const unit = this.score(features);
    const result = new Float64Array(this.classes.length);
    fillProbabilities(this.model, this.scores, unit, result);
    return result;
  }

  /** Fills `scores` as multiples of the unit that it returns. */
  private score(features: ArrayLike<number>): number {
    if (features.length !== this.row.length) {
      throw new RangeError(`expected ${this.row.length} features, not ${features.length}`);
    }
    if (this.scoreInUnit(features, 1)) return 1;
    if (this.scoreInUnit(features, SMALL_UNIT)) return SMALL_UNIT;
    throw new RangeError('features must be finite numbers');
  }

  /** Fills `scores` with multiples of `unit`; says whether all of them are finite. */
  private scoreInUnit(features: ArrayLike<number>, unit: number): boolean {
    const { row, scores, coefficients, intercepts } = this;
    const width = row.length;
    for (let j = 0; j < width; j++) row[j] = features[j]! * unit;
    for (const step of this.steps) step(row, unit);
    let finite = true;
    for (let k = 0, offset = 0; k < scores.length; k++, offset += width) {
      let score = 0;
      for (let j = 0; j < width; j++) score += coefficients[offset + j]! * row[j]!;
      score += intercepts[k]! * unit;
      scores[k] = score;
      finite &&= Number.isFinite(score);
    }
    return finite;
  }
}
