import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import {
  float64Values,
  int32Values,
  matrixSchema,
  matrixShape,
  numericArraySchema,
} from '../artifact/numeric-array';
import { kernelFunction, kernelSchema } from './kernels';
import type { PredictorKind } from './predictor-kind';

const schema = v.strictObject({
  type: v.literal('kernel'),
  kernel: kernelSchema,
  /** Training rows that the decision depends on, class by class. */
  supportVectors: matrixSchema,
  /** How many of them belong to each class; a single number for regression. */
  supportCounts: numericArraySchema,
  /** One row less than there are classes (one row for regression), one column for each support vector. */
  dualCoefficients: matrixSchema,
  /** One for each pair of classes. */
  intercepts: numericArraySchema,
});

export type KernelSpec = v.InferOutput<typeof schema>;

/**
 * A support vector machine as libsvm evaluates it. Scores: one for each pair of classes (0,1), (0,2) …, above 0
 * for the first of the pair; a single sum for regression.
 */
export const kernel: PredictorKind<KernelSpec> = {
  type: 'kernel',
  schema,
  compile(spec, input, path) {
    const width = input.values.length;
    const counts = int32Values(spec.supportCounts);
    const classCount = Math.max(counts.length, 2);
    if (counts.length === 0 || counts.some((count) => count < 0)) {
      throw new ArtifactError(`${path}.supportCounts`, 'must be 0 or more for each class');
    }
    const total = counts.reduce((sum, count) => sum + count, 0);
    const intercepts = float64Values(spec.intercepts);
    const pairs = counts.length === 1 ? 1 : (classCount * (classCount - 1)) / 2;
    if (intercepts.length !== pairs) {
      throw new ArtifactError(`${path}.intercepts`, `must have ${pairs} elements`);
    }
    checkShape(spec.supportVectors, total, width, `${path}.supportVectors`);
    checkShape(spec.dualCoefficients, classCount - 1, total, `${path}.dualCoefficients`);
    const dual = float64Values(spec.dualCoefficients);
    const evaluate = kernelFunction(spec.kernel, input, float64Values(spec.supportVectors));
    const similarities = new Float64Array(total);
    const starts = [0];
    for (const [k, count] of counts.entries()) starts.push(starts[k]! + count);
    /** The sum over the support vectors of a class, weighted by one row of the dual coefficients. */
    const sum = (start: number, end: number, row: number, initial: number): number => {
      let result = initial;
      for (let i = start; i < end; i++) result += dual[row * total + i]! * similarities[i]!;
      return result;
    };
    const scores = new Float64Array(pairs);
    return {
      scores,
      run() {
        for (let i = 0; i < total; i++) similarities[i] = evaluate(i * width);
        if (counts.length === 1) {
          scores[0] = sum(0, total, 0, 0) + intercepts[0]!;
          return;
        }
        for (let i = 0, pair = 0; i < classCount; i++) {
          for (let j = i + 1; j < classCount; j++, pair++) {
            const first = sum(starts[i]!, starts[i + 1]!, j - 1, 0);
            scores[pair] = sum(starts[j]!, starts[j + 1]!, i, first) + intercepts[pair]!;
          }
        }
      },
    };
  },
  describe: ({ kernel: { name }, supportCounts }) =>
    `support vector machine, ${name} kernel, ${int32Values(supportCounts).reduce((sum, count) => sum + count, 0)} support vectors`,
};

function checkShape(
  matrix: KernelSpec['supportVectors'],
  rows: number,
  columns: number,
  path: string,
): void {
  const shape = matrixShape(matrix);
  if (shape?.[0] === rows && shape[1] === columns) return;
  throw new ArtifactError(path, `must be ${rows} rows of ${columns} elements`);
}
