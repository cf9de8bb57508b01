import type { TransformerConverter } from '../contract/converter';
import { aboveThreshold } from './above-threshold';

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
    return {
      specs: [aboveThreshold(threshold, input.length)],
      output: input.transformed(),
    };
  },
};
