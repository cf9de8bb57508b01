import type { TransformerConverter } from '../contract/converter';
import { Layout } from '../layout/layout';

const NORMS = ['l1', 'l2', 'max'] as const;

/** Each row divided by its norm. */
export const normalizer: TransformerConverter = {
  names: ['sklearn.Normalizer'],
  role: 'transformer',
  docs: 'l1, l2, max',
  versions: '0.24 to 1.9',
  exactness: '1e-12',
  convert(transformer, input) {
    const stated = transformer.text('norm') ?? 'l2';
    const norm = NORMS.find((name) => name === stated);
    if (norm === undefined) {
      throw transformer.fault('is not l1, l2 or max', 'Fit it again with one of these.', 'norm');
    }
    if (norm === 'max' && !transformer.isSince(0, 24)) {
      throw transformer.fault(
        `was written by ${transformer.writer}, where the norm max was the largest value and not the largest magnitude`,
        'Save it again with scikit-learn 0.24 or later.',
        'norm',
      );
    }
    return {
      specs: [{ type: 'normalize', norm, from: 'Normalizer' }],
      output: Layout.computed(input.names, input.isSparse),
    };
  },
};
