const SCRATCH = new DataView(new ArrayBuffer(4));

/** The value of an IEEE 754 binary16, given its 16 bits. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  // Subnormal numbers have no implicit leading bit.
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The value of a bfloat16: the upper half of a binary32. */
export function bfloatToNumber(bits: number): number {
  SCRATCH.setUint16(0, bits);
  return SCRATCH.getFloat32(0);
}
