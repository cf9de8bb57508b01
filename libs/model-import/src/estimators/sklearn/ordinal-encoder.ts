import type { TransformerConverter } from '../contract/converter';
import { Layout } from '../layout/layout';
import { categoriesOf } from './categories';
import { categoryGroups } from './category-groups';
import { encoderInput } from './encoder-input';

/** The index of each category. */
export const ordinalEncoder: TransformerConverter = {
  names: ['sklearn.OrdinalEncoder'],
  role: 'transformer',
  docs: 'every handle_unknown; unknown_value, encoded_missing_value; infrequent categories; any order of categories',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  takesCategories: true,
  missing: 'handled',
  convert(encoder, input) {
    const rejects = (encoder.text('handle_unknown') ?? 'error') === 'error';
    const unknown = rejects ? null : numberOrNull(encoder.number('unknown_value'));
    const encodedMissing = numberOrNull(encoder.number('encoded_missing_value'));
    const categories = categoriesOf(encoder, input.length);
    const groups = categoryGroups(encoder, categories);
    const { specs, indices } = encoderInput(input, categories, rejects ? 'reject' : 'accept');
    const missingOf = (f: number): number | null => {
      const { missingIndex, texts } = categories[f]!;
      if (missingIndex === undefined) return unknown;
      // None is a category like any other; only NaN is encoded on its own.
      return texts[missingIndex] === 'None' ? groups[f]!.groupOf[missingIndex]! : encodedMissing;
    };
    const tables = indices.map((column, f) => ({
      values: column.map((index) => (index < 0 ? unknown : groups[f]!.groupOf[index]!)),
      unknown: [unknown],
      missing: [missingOf(f)],
    }));
    const output = input.columns.map(({ name, missing, width }, f) => ({
      name,
      width,
      missing: tables[f]!.missing[0] === null ? missing : [],
    }));
    return {
      specs: [...specs, { type: 'lookup', tables, from: 'OrdinalEncoder' }],
      output: new Layout(output),
    };
  },
};

/** NaN, and an attribute that older versions do not have, are a missing value. */
function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
