import { packArray } from '@inferserve/model';
import { vectorOf } from '../contract/arrays';
import type { TransformerConverter } from '../contract/converter';
import { sampleAround, scaleOf } from './scaling';

/** (x − center_) / scale_; `unit_variance` is in scale_ already. */
export const robustScaler: TransformerConverter = {
  names: ['sklearn.RobustScaler'],
  role: 'transformer',
  docs: 'with_centering, with_scaling, quantile_range, unit_variance',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  missing: 'kept',
  convert(scaler, input) {
    const { width } = input;
    const center = scaler.flag('with_centering', true) ? vectorOf(scaler, 'center_', width) : null;
    const scale = scaler.flag('with_scaling', true) ? scaleOf(scaler, width) : null;
    sampleAround(input, center, scale);
    return {
      specs: [
        {
          type: 'standardize',
          center: center && packArray(center),
          scale: scale && packArray(scale),
          from: 'RobustScaler',
        },
      ],
      output: input.transformed(),
    };
  },
};
