import { packArray, type TransformSpec } from '@inferserve/model';
import type { TransformerConverter } from '../contract/converter';
import { sampleAround, scaleOf } from './scaling';

/** x / scale_, limited to −1 … 1 with `clip` (since 1.9). */
export const maxAbsScaler: TransformerConverter = {
  names: ['sklearn.MaxAbsScaler'],
  role: 'transformer',
  docs: 'clip',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  missing: 'kept',
  convert(scaler, input) {
    const { width } = input;
    const scale = scaleOf(scaler, width);
    sampleAround(input, null, scale);
    const divide: TransformSpec = {
      type: 'standardize',
      center: null,
      scale: packArray(scale),
      from: 'MaxAbsScaler',
    };
    const limit: TransformSpec = {
      type: 'affine',
      multiply: packArray(new Float64Array(width).fill(1)),
      add: packArray(new Float64Array(width)),
      clip: [-1, 1],
      from: 'MaxAbsScaler(clip=True)',
    };
    const specs = scaler.flag('clip', false) ? [divide, limit] : [divide];
    return { specs, output: input.transformed() };
  },
};
