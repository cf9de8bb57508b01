import { packArray, type TransformSpec } from '@inferserve/model';
import { PyGlobal } from '../../files/values/py-global';
import { stringsOf } from '../contract/arrays';
import type { TransformerConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';
import type { KnownCategories } from './categories';
import { encoderInput } from './encoder-input';

type Branches = Extract<TransformSpec, { type: 'branches' }>['branches'];

/** A field of the records: a number, or text of which each value has a column of its own. */
interface Field {
  readonly name: string;
  /** The columns of the values; none for a number. */
  readonly values: readonly string[];
}

/** Records to columns: numbers as they are, text as a 1 in the column `field=value`; what is not known is all zeros. */
export const dictVectorizer: TransformerConverter = {
  names: ['sklearn.DictVectorizer'],
  role: 'transformer',
  docs: 'fields of numbers and of text; requests send every field: 0 for a number that a record leaves out, null for a text',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  takesCategories: true,
  missing: 'handled',
  input(vectorizer) {
    const names = fieldsOf(vectorizer).map(({ name }) => name);
    return { count: names.length, names };
  },
  convert(vectorizer, input) {
    const fields = fieldsOf(vectorizer);
    if (fields.length !== input.length || input.columns.some(({ source }) => !source)) {
      throw vectorizer.fault(
        `gets ${input.length} columns, but takes records of ${fields.length} fields`,
        'Let it be the first step of the pipeline.',
      );
    }
    checkDtype(vectorizer);
    const indices = [...fields.keys()];
    const numbers = indices.filter((j) => fields[j]!.values.length === 0);
    const texts = indices.filter((j) => fields[j]!.values.length > 0);
    for (const j of numbers) input.columns[j]!.source!.acceptBooleans();
    const branches: Branches = [
      { columns: input.positionsOf(numbers), pipeline: [] },
      {
        columns: input.positionsOf(texts),
        pipeline: oneHotOf(
          input.select(texts),
          texts.map((j) => fields[j]!.values),
        ),
      },
    ];
    const separator = separatorOf(vectorizer);
    const terms = texts.flatMap((j) => {
      const { name, values } = fields[j]!;
      return values.map((value) => `${name}${separator}${value}`);
    });
    const made = Layout.concat([input.select(numbers), Layout.computed(terms)]);
    const places = new Map(
      [...numbers.map((j) => fields[j]!.name), ...terms].map((t, i) => [t, i]),
    );
    const order = termsOf(vectorizer).map((term) => places.get(term)!);
    return {
      specs: [
        {
          type: 'branches',
          branches: branches.filter((_, i) => [numbers, texts][i]!.length > 0),
          from: 'DictVectorizer',
        },
        { type: 'select', columns: made.positionsOf(order), from: 'DictVectorizer' },
      ],
      output: new Layout(made.select(order).columns, vectorizer.flag('sparse', true)),
    };
  },
};

/** A block of zeros for each field of text, with a 1 where the value is. */
function oneHotOf(input: Layout, values: readonly (readonly string[])[]): TransformSpec[] {
  const known = values.map((texts): KnownCategories => ({ values: texts, texts }));
  const { specs, indices } = encoderInput(input, known, 'accept');
  return [
    ...specs,
    {
      type: 'one-hot',
      blocks: values.map(({ length }, f) => ({
        width: length,
        outputs: packArray(Int32Array.from(indices[f]!)),
        unknown: -1,
        missing: -1,
      })),
      from: 'DictVectorizer',
    },
  ];
}

/** The fields in the order of their first columns. */
function fieldsOf(vectorizer: Estimator): Field[] {
  const separator = separatorOf(vectorizer);
  const fields = new Map<string, string[]>();
  const numbers = new Set<string>();
  for (const term of termsOf(vectorizer)) {
    const at = term.indexOf(separator);
    const name = at < 0 ? term : term.slice(0, at);
    if (at < 0) numbers.add(name);
    const values = fields.get(name) ?? [];
    if (at >= 0) values.push(term.slice(at + separator.length));
    fields.set(name, values);
    if (numbers.has(name) && values.length > 0) {
      throw vectorizer.fault(
        `was fitted on records whose field "${name.slice(0, 60)}" is text in some and a number or missing in others`,
        'Make it one of the two before fitting.',
        'feature_names_',
      );
    }
  }
  return [...fields].map(([name, values]) => ({ name, values }));
}

/** What each column counts: `field` or `field=value`. */
function termsOf(vectorizer: Estimator): readonly string[] {
  const terms = stringsOf(vectorizer.require('feature_names_'));
  if (terms && new Set(terms).size === terms.length) return terms;
  throw vectorizer.fault(
    'is not a list of different names',
    'Fit it on records whose keys are text, and save it again.',
    'feature_names_',
  );
}

/** `numpy.float64` or the `float` of Python; other types round or cut the numbers. */
function checkDtype(vectorizer: Estimator): void {
  const dtype = vectorizer.get('dtype');
  if (dtype === null) return;
  if (dtype instanceof PyGlobal && ['float64', 'double', 'float'].includes(dtype.name)) return;
  throw vectorizer.fault('makes other numbers than float64', 'Fit it with the default.', 'dtype');
}

function separatorOf(vectorizer: Estimator): string {
  const separator = vectorizer.text('separator') ?? '=';
  if (separator !== '') return separator;
  throw vectorizer.fault(
    'is empty: fields and values cannot be told apart',
    'Fit it with the default separator.',
    'separator',
  );
}
