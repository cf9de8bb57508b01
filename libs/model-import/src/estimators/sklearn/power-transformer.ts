import { packArray, type TransformSpec } from '@inferserve/model';
import { vectorOf } from '../contract/arrays';
import type { TransformerConverter } from '../contract/converter';

/** A power of each column, then standardized. */
export const powerTransformer: TransformerConverter = {
  names: ['sklearn.PowerTransformer'],
  role: 'transformer',
  docs: 'yeo-johnson, box-cox (numbers above 0 only); standardize',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  missing: 'kept',
  convert(transformer, input, context) {
    const isBoxCox = transformer.text('method') === 'box-cox';
    if (isBoxCox) for (const { source } of input.columns) source?.requireAbove(0);
    const power: TransformSpec = {
      type: 'power',
      method: isBoxCox ? 'box-cox' : 'yeo-johnson',
      lambdas: packArray(vectorOf(transformer, 'lambdas_', input.width)),
      ...(!isBoxCox && !transformer.isSince(1, 7) && { computedBy: 'pow' as const }),
      from: 'PowerTransformer',
    };
    for (const { source } of input.columns) source?.samples.push(0.5, 1, 3, 20);
    const output = input.transformed();
    if (!transformer.flag('standardize', true)) return { specs: [power], output };
    const scaled = context.transform(transformer.inner('_scaler'), output);
    return { specs: [power, ...scaled.specs], output: scaled.output };
  },
};
