import * as v from 'valibot';
import type { Vector } from '../vector';

const finite = v.pipe(v.number(), v.finite());

/** The kernels of libsvm. */
export const kernelSchema = v.variant('name', [
  v.strictObject({ name: v.literal('linear') }),
  v.strictObject({ name: v.literal('rbf'), gamma: finite }),
  v.strictObject({
    name: v.literal('poly'),
    gamma: finite,
    coef0: finite,
    degree: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)),
  }),
  v.strictObject({ name: v.literal('sigmoid'), gamma: finite, coef0: finite }),
]);

export type KernelFunctionSpec = v.InferOutput<typeof kernelSchema>;

/** The kernel of the row and the support vector that starts at `offset` of `vectors`. */
export type KernelFunction = (offset: number) => number;

/** Binds a kernel to the row and the support vectors, in row-major order. */
export function kernelFunction(
  spec: KernelFunctionSpec,
  { values }: Vector,
  vectors: Float64Array,
): KernelFunction {
  const width = values.length;
  const dot = (offset: number): number => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += values[j]! * vectors[offset + j]!;
    return sum;
  };
  switch (spec.name) {
    case 'linear':
      return dot;
    case 'rbf':
      return (offset) => {
        let sum = 0;
        for (let j = 0; j < width; j++) {
          const difference = values[j]! - vectors[offset + j]!;
          sum += difference * difference;
        }
        return Math.exp(-spec.gamma * sum);
      };
    case 'poly':
      return (offset) => integerPower(spec.gamma * dot(offset) + spec.coef0, spec.degree);
    case 'sigmoid':
      return (offset) => Math.tanh(spec.gamma * dot(offset) + spec.coef0);
  }
}

/** By squaring, in the order of libsvm's `powi`. */
function integerPower(base: number, exponent: number): number {
  let square = base;
  let result = 1;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
