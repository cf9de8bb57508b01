import { packArray, packMatrix } from '@inferserve/model';
import { arrayOf, matrixOf } from '../contract/arrays';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import type { TransformerConverter } from '../contract/converter';

/** The share of the training rows below a value, or the normal quantile of that share. */
export const quantileTransformer: TransformerConverter = {
  names: ['sklearn.QuantileTransformer'],
  role: 'transformer',
  docs: 'uniform and normal',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  missing: 'kept',
  convert(transformer, input) {
    const references = decodeNumbers(arrayOf(transformer, 'references_'));
    const { values, rows, columns } = matrixOf(transformer, 'quantiles_');
    if (columns !== input.width || rows !== references.length) {
      throw transformer.fault(
        'does not have one row for each reference and one column for each feature',
        'Check the transformer in Python and save it again.',
        'quantiles_',
      );
    }
    // The file has one row for each reference; the artifact one for each column.
    const byColumn = new Float64Array(values.length);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) byColumn[j * rows + i] = values[i * columns + j]!;
    }
    for (const [j, { source }] of input.columns.entries()) {
      const quantiles = byColumn.subarray(j * rows, (j + 1) * rows);
      source?.samples.push(
        quantiles[0]!,
        quantiles[rows >> 1]!,
        quantiles[rows >> 2]!,
        quantiles.at(-1)!,
      );
    }
    return {
      specs: [
        {
          type: 'quantile',
          quantiles: packMatrix(byColumn, rows),
          references: packArray(references),
          output: transformer.text('output_distribution') === 'normal' ? 'normal' : 'uniform',
          from: 'QuantileTransformer',
        },
      ],
      output: input.transformed(),
    };
  },
};
