import * as v from 'valibot';
import { matrixSchema, matrixShape, numericArraySchema } from '../artifact/numeric-array';
import { denseVector } from '../vector';
import { matrixOf, numbersOf } from './checked-values';
import { largestMagnitude } from './largest-magnitude';
import type { TransformKind } from './transform-kind';

const schema = v.strictObject({
  type: v.literal('project'),
  /** k × d: one row for each component. */
  components: matrixSchema,
  /** Subtracted first; `null` for none. */
  mean: v.nullable(numericArraySchema),
  from: v.optional(v.string()),
});

export type ProjectSpec = v.InferOutput<typeof schema>;

/** `components · (x - mean)` (scikit-learn's PCA and TruncatedSVD). */
export const project: TransformKind<ProjectSpec> = {
  type: 'project',
  schema,
  compile(spec, { values, nonzero }, path) {
    const width = values.length;
    const components = matrixOf(spec.components, width, `${path}.components`);
    const mean = spec.mean && numbersOf(spec.mean, width, `${path}.mean`);
    const count = components.length / width;
    const output = denseVector(count);
    const target = output.values;
    const centred = mean ? new Float64Array(width) : values;
    const runDense = (unit: number) => {
      if (mean) for (let j = 0; j < width; j++) centred[j] = values[j]! - mean[j]! * unit;
      for (let k = 0, offset = 0; k < count; k++, offset += width) {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += components[offset + j]! * centred[j]!;
        target[k] = sum;
      }
    };
    const runSparse = () => {
      for (let k = 0, offset = 0; k < count; k++, offset += width) {
        let sum = 0;
        for (let i = 0; i < nonzero!.count; i++) {
          const j = nonzero!.indices[i]!;
          sum += components[offset + j]! * values[j]!;
        }
        target[k] = sum;
      }
    };
    return {
      output,
      run: nonzero && !mean ? runSparse : runDense,
      scalable: {
        bound: (bound, unit) =>
          width *
          (bound + (mean ? largestMagnitude(mean) * unit : 0)) *
          largestMagnitude(components),
      },
    };
  },
  describe: ({ from, components }) =>
    `${from ?? 'project'}: ${matrixShape(components)?.[1] ?? 0} columns to ${matrixShape(components)?.[0] ?? 0} components`,
};
