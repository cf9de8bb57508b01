import { packArray } from '@inferserve/model';
import type { TransformerConverter } from '../contract/converter';

/** 1 above the threshold, else 0. */
export const binarizer: TransformerConverter = {
  names: ['sklearn.Binarizer'],
  role: 'transformer',
  docs: 'threshold',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  convert(transformer, input) {
    const threshold = transformer.number('threshold') ?? 0;
    if (!Number.isFinite(threshold)) {
      throw transformer.fault('is not a finite number', 'Fit it again.', 'threshold');
    }
    for (const { source } of input.columns)
      source?.samples.push(threshold, threshold + 1, threshold - 1);
    // A bin starts at its edge, and a number that equals the threshold is not above it.
    const edge = packArray([nextAbove(threshold)]);
    return {
      specs: [{ type: 'bins', edges: input.columns.map(() => edge), from: 'Binarizer' }],
      output: input.transformed(),
    };
  },
};

/** The smallest double above `x`. */
function nextAbove(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return view.getFloat64(0);
}
