import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { arrayOf } from '../contract/arrays';
import type { TransformerConverter } from '../contract/converter';
import { selection } from './selection';

/** The columns whose variance is above a threshold. */
export const varianceThreshold: TransformerConverter = {
  names: ['sklearn.VarianceThreshold'],
  role: 'transformer',
  docs: 'threshold',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  missing: 'kept',
  convert(selector, input) {
    const threshold = selector.number('threshold') ?? 0;
    const variances = decodeNumbers(arrayOf(selector, 'variances_'));
    return selection(
      selector,
      Array.from(variances, (variance) => variance > threshold),
      input,
    );
  },
};
