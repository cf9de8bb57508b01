/** numpy's functions of one number that may stand behind a regressor, by their names there. */
export const SCALAR_FUNCTIONS = {
  exp: Math.exp,
  expm1: Math.expm1,
  exp2: (x: number) => 2 ** x,
  log: Math.log,
  log1p: Math.log1p,
  log2: Math.log2,
  log10: Math.log10,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  square: (x: number) => x * x,
  absolute: Math.abs,
  negative: (x: number) => -x,
  reciprocal: (x: number) => 1 / x,
  sinh: Math.sinh,
  arcsinh: Math.asinh,
  tanh: Math.tanh,
  arctanh: Math.atanh,
} as const satisfies Readonly<Record<string, (x: number) => number>>;

export type ScalarFunctionName = keyof typeof SCALAR_FUNCTIONS;

/** Inverse of the Yeo-Johnson transform (Yeo and Johnson, 2000), as scikit-learn's PowerTransformer has it. */
export function inverseYeoJohnson(x: number, lambda: number): number {
  if (x >= 0) return lambda === 0 ? Math.expm1(x) : (x * lambda + 1) ** (1 / lambda) - 1;
  return lambda === 2 ? -Math.expm1(-x) : 1 - (-(2 - lambda) * x + 1) ** (1 / (2 - lambda));
}

/** Inverse of the Box-Cox transform (Box and Cox, 1964). */
export function inverseBoxCox(x: number, lambda: number): number {
  return lambda === 0 ? Math.exp(x) : (x * lambda + 1) ** (1 / lambda);
}
