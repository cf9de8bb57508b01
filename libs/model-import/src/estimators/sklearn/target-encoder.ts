import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeElements } from '../../files/numpy/decode-elements';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import type { TransformerConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';
import { categoriesOf } from './categories';
import { encoderInput } from './encoder-input';

const REMEDY = 'Check the encoder in Python and save it again.';

/** The shrunk mean of the target for each category, one for each class of a multiclass target. */
export const targetEncoder: TransformerConverter = {
  names: ['sklearn.TargetEncoder'],
  role: 'transformer',
  docs: 'binary, multiclass and continuous targets',
  versions: '1.3 to 1.9',
  exactness: 'exact',
  takesCategories: true,
  missing: 'handled',
  convert(encoder, input) {
    const categories = categoriesOf(encoder, input.length);
    const means = meansOf(encoder);
    const encodings = encodingsOf(encoder, input.length * means.length);
    const { specs, indices } = encoderInput(input, categories, 'accept');
    const tables = categories.map(({ values, missingIndex }, f) => {
      const columns = encodings.slice(f * means.length, (f + 1) * means.length);
      if (columns.some(({ length }) => length !== values.length)) {
        throw encoder.fault('does not have one number for each category', REMEDY, 'encodings_');
      }
      const rowOf = (index: number | undefined) =>
        index === undefined || index < 0 ? means : columns.map((column) => column[index]!);
      return { values: indices[f]!.flatMap(rowOf), unknown: means, missing: rowOf(missingIndex) };
    });
    const classes = means.length > 1 ? classTexts(encoder) : undefined;
    const names = input.names.flatMap((name) =>
      means.map((_, k) => (name === undefined || !classes ? name : `${name}_${classes[k]}`)),
    );
    return {
      specs: [...specs, { type: 'lookup', tables, from: 'TargetEncoder' }],
      output: Layout.computed(names),
    };
  },
};

/** `target_mean_`: one number, or one for each class. */
function meansOf(encoder: Estimator): number[] {
  const value = encoder.require('target_mean_');
  const array = asNdArray(value);
  const means = array ? [...decodeNumbers(array)] : [value];
  if (means.length > 0 && means.every((mean) => Number.isFinite(mean))) return means as number[];
  throw encoder.fault('is not a finite number, or one for each class', REMEDY, 'target_mean_');
}

/** `encodings_`: for each column, and in it for each class, one number for each category. */
function encodingsOf(encoder: Estimator, count: number): number[][] {
  const lists = encoder.require('encodings_');
  const encodings = Array.isArray(lists) ? lists.map(asNdArray) : [];
  if (encodings.length !== count || encodings.some((encoding) => !encoding)) {
    throw encoder.fault(`does not hold ${count} arrays`, REMEDY, 'encodings_');
  }
  return encodings.map((encoding) => {
    const numbers = [...decodeNumbers(encoding!)];
    if (numbers.every(Number.isFinite)) return numbers;
    throw encoder.fault('holds something that is not a finite number', REMEDY, 'encodings_');
  });
}

function classTexts(encoder: Estimator): string[] | undefined {
  const array = asNdArray(encoder.get('classes_'));
  return array && decodeElements(array).map(String);
}
