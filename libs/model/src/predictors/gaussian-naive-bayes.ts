import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import {
  arrayLength,
  float64Values,
  matrixSchema,
  matrixShape,
  numericArraySchema,
} from '../artifact/numeric-array';
import type { PredictorKind } from './predictor-kind';

const schema = v.strictObject({
  type: v.literal('gaussian-naive-bayes'),
  /** Mean and variance of each feature: one row for each class. */
  means: matrixSchema,
  variances: matrixSchema,
  logPriors: numericArraySchema,
});

export type GaussianNaiveBayesSpec = v.InferOutput<typeof schema>;

/** `log prior - Σ log(2π var)/2 - Σ (x - mean)²/(2 var)` for each class: its joint log likelihood. */
export const gaussianNaiveBayes: PredictorKind<GaussianNaiveBayesSpec> = {
  type: 'gaussian-naive-bayes',
  schema,
  compile(spec, { values }, path) {
    const width = values.length;
    const logPriors = float64Values(spec.logPriors);
    const classCount = logPriors.length;
    for (const name of ['means', 'variances'] as const) {
      const [rows, columns] = matrixShape(spec[name]) ?? [];
      if (rows === classCount && columns === width) continue;
      const problem = `must be one row for each of the ${classCount} classes, with ${width} elements each`;
      throw new ArtifactError(`${path}.${name}`, problem);
    }
    const means = float64Values(spec.means);
    const variances = float64Values(spec.variances);
    const negative = variances.findIndex((variance) => !(variance > 0));
    if (negative >= 0) {
      throw new ArtifactError(`${path}.variances`, `must be above 0; number ${negative} is not`);
    }
    const constants = logPriors.map((logPrior, k) => {
      const own = variances.subarray(k * width, (k + 1) * width);
      return (
        logPrior - own.reduce((sum, variance) => sum + Math.log(2 * Math.PI * variance), 0) / 2
      );
    });
    const scores = new Float64Array(classCount);
    return {
      scores,
      run() {
        for (let k = 0, offset = 0; k < classCount; k++, offset += width) {
          let sum = 0;
          for (let j = 0; j < width; j++) {
            const distance = values[j]! - means[offset + j]!;
            sum += (distance * distance) / variances[offset + j]!;
          }
          scores[k] = constants[k]! - sum / 2;
        }
      },
    };
  },
  describe: ({ logPriors }) => `Gaussian naive Bayes, ${arrayLength(logPriors)} classes`,
};
