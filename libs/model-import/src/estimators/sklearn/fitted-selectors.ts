import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { arrayOf } from '../contract/arrays';
import type { TransformerConverter } from '../contract/converter';
import { toleratesMissing } from './tolerates-missing';
import { selection } from './selection';

/** Selectors that store which columns they keep. */
export const fittedSelectors: TransformerConverter = {
  names: ['sklearn.RFE', 'sklearn.RFECV', 'sklearn.SequentialFeatureSelector'],
  role: 'transformer',
  docs: 'around any estimator',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  missing: 'handled',
  convert(selector, input) {
    if (!toleratesMissing(selector)) input.rejectMissing();
    const support = decodeNumbers(arrayOf(selector, 'support_'));
    return selection(
      selector,
      Array.from(support, (isKept) => isKept === 1),
      input,
    );
  },
};
