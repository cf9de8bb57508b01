import * as v from 'valibot';
import { numericArraySchema } from '../artifact/numeric-array';
import { UnscorableRowError } from '../compile/unscorable-row.error';
import { numbersOf } from './checked-values';
import { elementwise } from './elementwise';
import type { TransformKind } from './transform-kind';

const schema = v.strictObject({
  type: v.literal('power'),
  method: v.picklist(['yeo-johnson', 'box-cox']),
  /** One exponent for each position. */
  lambdas: numericArraySchema,
  /** `expm1` keeps digits near an exponent of 0; `pow` is how scikit-learn computed Yeo-Johnson before 1.7. */
  computedBy: v.optional(v.picklist(['expm1', 'pow'])),
  from: v.optional(v.string()),
});

export type PowerSpec = v.InferOutput<typeof schema>;

type Curve = (x: number, lambda: number) => number;

/**
 * The power transforms of Box and Cox (1964), for numbers above 0, and of Yeo and Johnson (2000); NaN stays NaN.
 * `run` throws UnscorableRowError for a number that Box and Cox's is not defined for.
 */
export const power: TransformKind<PowerSpec> = {
  type: 'power',
  schema,
  compile(spec, input, path) {
    const lambdas = numbersOf(spec.lambdas, input.values.length, `${path}.lambdas`);
    const curve =
      spec.method === 'box-cox' ? boxCox : yeoJohnson(spec.computedBy === 'pow' ? byPow : byExpm1);
    return elementwise(input, (value, j) => curve(value, lambdas[j]!));
  },
  describe: ({ from, method }) => `${from ?? 'power'}: ${method}`,
};

function boxCox(x: number, lambda: number): number {
  if (x <= 0) {
    throw new UnscorableRowError('the Box-Cox transformation takes numbers above 0 only');
  }
  return Math.abs(lambda) < 1e-19 ? Math.log(x) : Math.expm1(lambda * Math.log(x)) / lambda;
}

function yeoJohnson(raise: Curve): Curve {
  // Below zero it is the mirror image with the exponent 2 - lambda.
  return (x, lambda) => (x >= 0 ? raise(x, lambda) : -raise(-x, 2 - lambda));
}

/** ((x + 1)^lambda - 1) / lambda, or its limit at 0, without cancellation. */
function byExpm1(x: number, lambda: number): number {
  if (Math.abs(lambda) < Number.EPSILON) return Math.log1p(x);
  return Math.expm1(lambda * Math.log1p(x)) / lambda;
}

function byPow(x: number, lambda: number): number {
  if (Math.abs(lambda) < Number.EPSILON) return Math.log1p(x);
  return ((x + 1) ** lambda - 1) / lambda;
}
