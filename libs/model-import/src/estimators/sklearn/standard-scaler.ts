import { packArray, type TransformSpec } from '@inferserve/model';
import { vectorOf } from '../contract/arrays';
import type { TransformerConverter } from '../contract/converter';
import { sampleAround, scaleOf } from './scaling';

/** (x − mean_) / scale_. Without `with_mean` the mean is stored all the same, but not used. */
export const standardScaler: TransformerConverter = {
  names: ['sklearn.StandardScaler'],
  role: 'transformer',
  docs: 'with_mean, with_std',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  missing: 'kept',
  convert(scaler, input) {
    const { width } = input;
    const center = scaler.flag('with_mean', true) ? vectorOf(scaler, 'mean_', width) : null;
    const scale = scaler.flag('with_std', true) ? scaleOf(scaler, width) : null;
    sampleAround(input, center, scale);
    const seen = scaler.number('n_samples_seen_');
    const spec: TransformSpec = {
      type: 'standardize',
      center: center && packArray(center),
      scale: scale && packArray(scale),
      from: 'StandardScaler',
      ...(seen !== undefined && Number.isSafeInteger(seen) && seen > 0 && { samplesSeen: seen }),
    };
    return { specs: [spec], output: input.transformed() };
  },
};
