import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import {
  float64Values,
  matrixSchema,
  matrixShape,
  numericArraySchema,
} from '../artifact/numeric-array';
import type { PredictorKind } from './predictor-kind';

const schema = v.strictObject({
  type: v.literal('quadratic'),
  classes: v.pipe(
    v.array(
      v.strictObject({
        mean: numericArraySchema,
        /** Principal axes of the class: one row for each feature, one column for each axis. */
        rotation: matrixSchema,
        /** Variance along each axis. */
        scalings: numericArraySchema,
        logPrior: v.pipe(v.number(), v.finite()),
      }),
    ),
    v.minLength(2),
    v.readonly(),
  ),
});

export type QuadraticSpec = v.InferOutput<typeof schema>;
type ClassSpec = QuadraticSpec['classes'][number];

/**
 * Quadratic discriminant analysis: `log prior - (|S^-1/2 Rᵀ (x - mean)|² + Σ log S) / 2` for each class, with R its
 * axes and S the variances along them.
 */
export const quadratic: PredictorKind<QuadraticSpec> = {
  type: 'quadratic',
  schema,
  compile(spec, { values }, path) {
    const scorers = spec.classes.map((own, k) => scorer(own, values, `${path}.classes[${k}]`));
    const scores = new Float64Array(scorers.length);
    return {
      scores,
      run() {
        for (let k = 0; k < scorers.length; k++) scores[k] = scorers[k]!();
      },
    };
  },
  describe: ({ classes }) => `quadratic discriminant, ${classes.length} classes`,
};

function scorer(spec: ClassSpec, values: Float64Array, path: string): () => number {
  const width = values.length;
  const mean = float64Values(spec.mean);
  const scalings = float64Values(spec.scalings);
  const axes = scalings.length;
  const [rows, columns] = matrixShape(spec.rotation) ?? [];
  if (mean.length !== width) {
    throw new ArtifactError(`${path}.mean`, `must have ${width} elements, not ${mean.length}`);
  }
  if (rows !== width || columns !== axes) {
    throw new ArtifactError(`${path}.rotation`, `must be ${width} rows of ${axes} elements`);
  }
  if (scalings.some((scaling) => !(scaling > 0))) {
    throw new ArtifactError(`${path}.scalings`, 'must be above 0');
  }
  const weights = float64Values(spec.rotation).map((r, i) => r * scalings[i % axes]! ** -0.5);
  const logDeterminant = scalings.reduce((sum, scaling) => sum + Math.log(scaling), 0);
  const projected = new Float64Array(axes);
  return () => {
    projected.fill(0);
    for (let j = 0, offset = 0; j < width; j++, offset += axes) {
      const distance = values[j]! - mean[j]!;
      for (let axis = 0; axis < axes; axis++) {
        projected[axis] = projected[axis]! + distance * weights[offset + axis]!;
      }
    }
    let norm = 0;
    for (let axis = 0; axis < axes; axis++) norm += projected[axis]! * projected[axis]!;
    return -0.5 * (norm + logDeterminant) + spec.logPrior;
  };
}
