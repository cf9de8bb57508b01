import * as v from 'valibot';
import { elementwise, elementwiseSparse } from './elementwise';
import type { TransformKind } from './transform-kind';

/** The functions by their names in numpy; they give NaN and infinities where numpy's do. */
const FUNCTIONS = {
  absolute: Math.abs,
  arccos: Math.acos,
  arccosh: Math.acosh,
  arcsin: Math.asin,
  arcsinh: Math.asinh,
  arctan: Math.atan,
  arctanh: Math.atanh,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  deg2rad: (x: number) => x * (Math.PI / 180),
  exp: Math.exp,
  exp2: (x: number) => 2 ** x,
  expm1: Math.expm1,
  floor: Math.floor,
  log: Math.log,
  log10: Math.log10,
  log1p: Math.log1p,
  log2: Math.log2,
  negative: (x: number) => -x,
  rad2deg: (x: number) => x * (180 / Math.PI),
  reciprocal: (x: number) => 1 / x,
  rint: roundHalfToEven,
  sign: Math.sign,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  square: (x: number) => x * x,
  tan: Math.tan,
  tanh: Math.tanh,
  trunc: Math.trunc,
} as const satisfies Readonly<Record<string, (x: number) => number>>;

/** The functions that a step can apply. */
export type AppliedFunction = keyof typeof FUNCTIONS;

/** The names of the functions that a step can apply, as numpy has them. */
export const APPLIED_FUNCTIONS = Object.keys(FUNCTIONS) as readonly AppliedFunction[];

const schema = v.strictObject({
  type: v.literal('apply'),
  function: v.picklist(APPLIED_FUNCTIONS),
  from: v.optional(v.string()),
});

export type ApplySpec = v.InferOutput<typeof schema>;

/** One function of a fixed list, on every number (scikit-learn's FunctionTransformer over a numpy function). */
export const apply: TransformKind<ApplySpec> = {
  type: 'apply',
  schema,
  compile(spec, { values, nonzero }) {
    const call: (x: number) => number = FUNCTIONS[spec.function];
    const map = (value: number) => call(value);
    return nonzero && call(0) === 0
      ? elementwiseSparse({ values, nonzero }, map)
      : elementwise({ values }, map);
  },
  describe: ({ from, function: name }) => `${from ?? 'apply'}: ${name}`,
};

function roundHalfToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}
