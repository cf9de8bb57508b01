import { COMPILE_CONTEXT } from '../../libs/model/src/compile/compile-kinds';
import type { ClassOutput } from '../../libs/model/src/compile/compiled-parts';
import { type ClassOutputSpec, classOutputKind } from '../../libs/model/src/outputs/outputs';
import type { PredictorSpec } from '../../libs/model/src/predictors/predictors';
import { denseVector } from '../../libs/model/src/vector';

/** Scores of one dense row. */
export function scoreRow(spec: PredictorSpec, row: readonly number[]): number[] {
  const input = denseVector(row.length);
  const predictor = COMPILE_CONTEXT.predictor(spec, input, 'predictor');
  input.values.set(row);
  predictor.run(1);
  return [...predictor.scores];
}

/** An output that was given these scores. */
export function outputOf(
  spec: ClassOutputSpec,
  scores: readonly number[],
  classCount: number,
): ClassOutput {
  return classOutputKind(spec).compile(spec, Float64Array.from(scores), classCount, 'output');
}

/** The probabilities that an output gives for scores. */
export function probabilitiesOf(
  spec: ClassOutputSpec,
  scores: readonly number[],
  classCount: number,
): number[] {
  const into = new Float64Array(classCount);
  outputOf(spec, scores, classCount).probabilities(1, into);
  return [...into];
}

/** Largest absolute difference of two lists of one length. */
export function largestDifference(
  computed: readonly number[],
  expected: readonly number[],
): number {
  if (computed.length !== expected.length) return Infinity;
  return Math.max(...computed.map((value, i) => Math.abs(value - expected[i]!)));
}
