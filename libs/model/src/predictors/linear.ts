import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import {
  arrayLength,
  float64Values,
  matrixSchema,
  matrixShape,
  numericArraySchema,
} from '../artifact/numeric-array';
import { largestMagnitude } from '../transforms/largest-magnitude';
import type { PredictorKind } from './predictor-kind';

const schema = v.strictObject({
  type: v.literal('linear'),
  coefficients: matrixSchema,
  intercepts: numericArraySchema,
  /** Precision in which the library that made the model keeps the weights. */
  storedPrecision: v.optional(v.picklist(['float64', 'float32'])),
});

export type LinearSpec = v.InferOutput<typeof schema>;

/** Scores `coefficients · x + intercepts`: k × d and k. */
export const linear: PredictorKind<LinearSpec> = {
  type: 'linear',
  schema,
  compile(spec, { values, nonzero }, path) {
    const width = values.length;
    const count = arrayLength(spec.intercepts);
    const [rows, columns] = matrixShape(spec.coefficients) ?? [];
    if (rows !== count || columns !== width || count === 0) {
      const problem = `must be one row for each of the ${count} intercepts, with ${width} elements each`;
      throw new ArtifactError(`${path}.coefficients`, problem);
    }
    const coefficients = float64Values(spec.coefficients);
    const intercepts = float64Values(spec.intercepts);
    const scores = new Float64Array(count);
    const runDense = (unit: number) => {
      for (let k = 0, offset = 0; k < count; k++, offset += width) {
        let score = 0;
        for (let j = 0; j < width; j++) score += coefficients[offset + j]! * values[j]!;
        scores[k] = score + intercepts[k]! * unit;
      }
    };
    const runSparse = (unit: number) => {
      for (let k = 0, offset = 0; k < count; k++, offset += width) {
        let score = 0;
        for (let i = 0; i < nonzero!.count; i++) {
          const j = nonzero!.indices[i]!;
          score += coefficients[offset + j]! * values[j]!;
        }
        scores[k] = score + intercepts[k]! * unit;
      }
    };
    return {
      scores,
      run: nonzero ? runSparse : runDense,
      explainer: (expected) => ({
        // Coefficient × (value - mean), as Lundberg and Lee (2017) derive it for independent inputs.
        explain(k, contributions) {
          let base = intercepts[k]!;
          for (let j = 0; j < width; j++) {
            const coefficient = coefficients[k * width + j]!;
            base += coefficient * expected[j]!;
            contributions[j] = coefficient * (values[j]! - expected[j]!);
          }
          return base;
        },
      }),
      scalable: {
        bound: (bound, unit) =>
          width * bound * largestMagnitude(coefficients) + largestMagnitude(intercepts) * unit,
      },
    };
  },
  describe: ({ intercepts, coefficients }) =>
    `linear, ${arrayLength(intercepts)} × ${matrixShape(coefficients)?.[1] ?? 0} coefficients`,
};
