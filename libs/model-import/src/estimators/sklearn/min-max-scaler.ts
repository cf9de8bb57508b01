import { packArray } from '@inferserve/model';
import { vectorOf } from '../contract/arrays';
import type { TransformerConverter } from '../contract/converter';
import { rangeOf, sampleAround } from './scaling';

/** x · scale_ + min_, limited to feature_range with `clip` (since 0.24). */
export const minMaxScaler: TransformerConverter = {
  names: ['sklearn.MinMaxScaler'],
  role: 'transformer',
  docs: 'feature_range, clip',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  missing: 'kept',
  convert(scaler, input) {
    const { width } = input;
    const multiply = vectorOf(scaler, 'scale_', width);
    const add = vectorOf(scaler, 'min_', width);
    const clip = scaler.flag('clip', false) ? rangeOf(scaler, 'feature_range') : undefined;
    // x · multiply + add fills 0 … 1 for the training data: 0.5 is the middle.
    const usable = multiply.map((factor) => (factor === 0 ? 1 : factor));
    sampleAround(
      input,
      add.map((shift, j) => (0.5 - shift) / usable[j]!),
      usable.map((factor) => 0.25 / factor),
    );
    if (scaler.has('data_min_') && scaler.has('data_max_')) {
      const [low, high] = [
        vectorOf(scaler, 'data_min_', width),
        vectorOf(scaler, 'data_max_', width),
      ];
      for (const [j, { source }] of input.columns.entries()) source?.observe(low[j]!, high[j]!);
    }
    return {
      specs: [
        {
          type: 'affine',
          multiply: packArray(multiply),
          add: packArray(add),
          ...(clip && { clip }),
          from: 'MinMaxScaler',
        },
      ],
      output: input.transformed(),
    };
  },
};
