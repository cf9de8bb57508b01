const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** Above the key of every number. */
export const LARGEST_KEY = 0x7f_ff_ff_ff;
/** Below the key of every number. */
export const SMALLEST_KEY = -0x80_00_00_00;

/** The integer that orders as the float32 with these bits does: -0 just below +0, infinities outermost. */
export function keyOfBits(word: number): number {
  return word ^ ((word >> 31) & 0x7f_ff_ff_ff);
}

/**
 * The key t for which `key(x) <= t` holds exactly where `x <= threshold` (or `x < threshold`) does, for every
 * float32 x. NaN as threshold is not allowed.
 */
export function thresholdKey(threshold: number, comparison: '<=' | '<'): number {
  float[0] = threshold;
  const rounded = float[0];
  const isBeyond = comparison === '<=' ? rounded > threshold : rounded >= threshold;
  // -0 equals +0, so both have to be on the same side of the key.
  const key = rounded === 0 ? 0 : keyOfBits(bits[0]!);
  if (!isBeyond) return key;
  // Below ±0 comes the smallest negative float32, whose key is -2; -1 is the key of -0.
  return rounded === 0 ? -2 : key - 1;
}

/** The largest double below a finite or infinite one; -Infinity has none and stays. */
export function nextBelow(value: number): number {
  if (value === -Infinity) return value;
  if (value === 0) return -Number.MIN_VALUE;
  const double = new Float64Array([value]);
  const word = new BigInt64Array(double.buffer);
  word[0] = word[0]! + (value > 0 ? -1n : 1n);
  return double[0]!;
}
