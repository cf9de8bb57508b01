import { packArray, type TransformSpec } from '@inferserve/model';

/** 1 above the threshold, else 0, at each of `count` positions. */
export function aboveThreshold(threshold: number, count: number): TransformSpec {
  // A bin starts at its edge, and a number that equals the threshold is not above it.
  const edge = packArray([nextAbove(threshold)]);
  return { type: 'bins', edges: Array.from({ length: count }, () => edge), from: 'Binarizer' };
}

/** The smallest double above `x`. */
function nextAbove(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return view.getFloat64(0);
}
