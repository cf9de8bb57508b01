/** Keeps the exponential below the largest float32. */
const LARGEST_EXPONENT = Math.fround(88.7);

/** 1/(1+exp(-z)), each step rounded to single precision, as XGBoost computes it (src/common/math.h). */
export function float32Sigmoid(score: number): number {
  const exponential = Math.fround(Math.exp(Math.min(-score, LARGEST_EXPONENT)));
  return Math.fround(1 / Math.fround(exponential + 1));
}
