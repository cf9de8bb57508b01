import type { ConvertedTransform } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';
import { knownCategories } from './categories';
import { encoderInput } from './encoder-input';

/** Each column becomes the number that its LabelEncoder gives to a value; an unknown value is refused. */
export function labelEncodedColumns(
  encoders: readonly Estimator[],
  input: Layout,
): ConvertedTransform {
  const categories = encoders.map((encoder) =>
    knownCategories(encoder, encoder.require('classes_'), 'classes_'),
  );
  const { specs, indices } = encoderInput(input, categories, 'reject');
  const tables = indices.map((column, f) => ({
    values: column.map((index) => (index < 0 ? null : index)),
    unknown: [null],
    missing: [categories[f]!.missingIndex ?? null],
  }));
  return {
    specs: [...specs, { type: 'lookup', tables, from: 'LabelEncoder' }],
    output: Layout.computed(input.names),
  };
}
