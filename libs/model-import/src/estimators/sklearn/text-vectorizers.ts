import { packArray, type TransformSpec, type VectorizerSpec } from '@inferserve/model';
import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { numberOf } from '../../files/numpy/scalar-of';
import type { ConvertedTransform, TransformerConverter } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import { Layout, type LayoutColumn } from '../layout/layout';
import { sparseMatrixOf } from './sparse-matrix';
import { analyzerOf } from './text-analyzer';

const SAVE_AGAIN = 'Check the model in Python and save it again.';
/** More terms than any vocabulary that was fitted, and the default width of a HashingVectorizer. */
const MAX_TERMS = 5_000_000;

const shared = {
  role: 'transformer',
  versions: '0.22 to 1.9',
  exactness: '1e-12',
  takesCategories: true,
  missing: 'handled',
  input: () => ({ count: 1, names: ['text'] }),
} as const;
const DOCS =
  'analyzer word, char and char_wb, n-grams, stop words, accents; own functions and unusual token patterns are refused';

/** Counts of the terms of a vocabulary. */
export const countVectorizer: TransformerConverter = {
  ...shared,
  names: ['sklearn.CountVectorizer'],
  docs: DOCS,
  convert: (vectorizer, input) => vectorize(vectorizer, input, countsOf(vectorizer)),
};

/** The same, weighted and normalised. */
export const tfidfVectorizer: TransformerConverter = {
  ...shared,
  names: ['sklearn.TfidfVectorizer'],
  docs: `${DOCS}; every norm, idf and sublinear_tf`,
  convert(vectorizer, input) {
    const counts = countsOf(vectorizer);
    const { specs, output } = vectorize(vectorizer, input, counts);
    const inner = vectorizer.inner('_tfidf');
    // Parameters of the vectorizer are those of the transformer inside it, which it sets when it is fitted.
    return { specs: [...specs, tfidfOf(inner, output.width)], output };
  },
};

/** Counts by hash: no vocabulary is kept. */
export const hashingVectorizer: TransformerConverter = {
  ...shared,
  names: ['sklearn.HashingVectorizer'],
  docs: DOCS,
  convert(vectorizer, input) {
    const width = vectorizer.number('n_features') ?? 2 ** 20;
    if (!(Number.isInteger(width) && width >= 1 && width <= MAX_TERMS)) {
      throw vectorizer.fault('is not a number of columns', SAVE_AGAIN, 'n_features');
    }
    const { specs, output } = vectorize(vectorizer, input, {
      analyzer: analyzerOf(vectorizer),
      terms: { type: 'hash', width, alternateSign: vectorizer.flag('alternate_sign', true) },
      binary: vectorizer.flag('binary', false),
    });
    const norm = normOf(vectorizer);
    const normalized: TransformSpec = { type: 'tfidf', sublinear: false, norm };
    return { specs: norm === null ? specs : [...specs, normalized], output };
  },
};

/** Weights and norms of counts that come from another step. */
export const tfidfTransformer: TransformerConverter = {
  role: 'transformer',
  names: ['sklearn.TfidfTransformer'],
  docs: 'every norm, idf and sublinear_tf',
  versions: '0.22 to 1.9',
  exactness: '1e-12',
  input(transformer) {
    const idf = idfOf(transformer);
    return idf && { count: idf.length };
  },
  convert: (transformer, input) => ({
    specs: [tfidfOf(transformer, input.width)],
    output: input.transformed(),
  }),
};

function countsOf(vectorizer: Estimator): VectorizerSpec {
  return {
    analyzer: analyzerOf(vectorizer),
    terms: { type: 'vocabulary', terms: vocabularyOf(vectorizer) },
    binary: vectorizer.flag('binary', false),
  };
}

/** Binds a vectorizer to the column of text that it takes: counts stand in the column's part of the row. */
function vectorize(vectorizer: Estimator, input: Layout, spec: VectorizerSpec): ConvertedTransform {
  const [column, ...others] = input.columns;
  const source = column?.source;
  if (!source || others.length > 0) {
    throw vectorizer.fault(
      others.length > 0
        ? `gets ${input.length} columns, but takes a single one of text`
        : 'gets numbers, but takes text',
      'Give it a single column of text: in a ColumnTransformer by its bare name.',
    );
  }
  if (vectorizer.get('dtype') !== null && isFloat32(vectorizer)) {
    throw vectorizer.fault(
      'computes in single precision',
      'Fit it with the default dtype.',
      'dtype',
    );
  }
  const { start, count, total } = source.useAsText(vectorizer.object, spec);
  const isPart = count < total;
  const term: LayoutColumn = { missing: [], width: 1 };
  return {
    specs: isPart
      ? [{ type: 'branches', branches: [{ columns: { start, count }, pipeline: [] }] }]
      : [],
    output: new Layout(Array.from({ length: count }, () => term)),
  };
}

function isFloat32(vectorizer: Estimator): boolean {
  const dtype = vectorizer.get('dtype');
  return typeof dtype === 'object' && dtype !== null && 'name' in dtype && dtype.name === 'float32';
}

/** The terms by their columns. */
function vocabularyOf(vectorizer: Estimator): string[] {
  const vocabulary = vectorizer.require('vocabulary_');
  const fault = () => vectorizer.fault('is not a list of terms', SAVE_AGAIN, 'vocabulary_');
  if (!(vocabulary instanceof Map) || vocabulary.size === 0 || vocabulary.size > MAX_TERMS) {
    throw fault();
  }
  const terms = Array<string>(vocabulary.size);
  const seen = new Uint8Array(vocabulary.size);
  for (const [term, value] of vocabulary) {
    const column = numberOf(value);
    if (typeof term !== 'string' || column === undefined || seen[column] !== 0) throw fault();
    seen[column] = 1;
    terms[column] = term;
  }
  return terms;
}

function tfidfOf(transformer: Estimator, width: number): TransformSpec {
  const idf = idfOf(transformer);
  if (idf && idf.length !== width) {
    throw transformer.fault(`has ${idf.length} weights for ${width} terms`, SAVE_AGAIN, 'idf_');
  }
  return {
    type: 'tfidf',
    ...(idf && { idf: packArray(idf) }),
    sublinear: transformer.flag('sublinear_tf', false),
    norm: normOf(transformer),
  };
}

/** `idf_` since 1.5, the diagonal of a sparse matrix before; `undefined` where terms have no weights. */
function idfOf(transformer: Estimator): Float64Array | undefined {
  if (!transformer.flag('use_idf', true)) return undefined;
  const plain = asNdArray(transformer.get('idf_'));
  const idf = plain ? decodeNumbers(plain) : diagonalOf(transformer);
  if (idf.every(Number.isFinite)) return idf;
  throw transformer.fault('holds a number that is not finite', SAVE_AGAIN, 'idf_');
}

function diagonalOf(transformer: Estimator): Float64Array {
  const matrix = sparseMatrixOf(transformer.require('_idf_diag'));
  if (!matrix) {
    throw transformer.fault('is not a diagonal matrix', SAVE_AGAIN, '_idf_diag');
  }
  const idf = new Float64Array(matrix.columns);
  matrix.forEach((row, column, value) => {
    if (row === column) idf[column] = value;
  });
  return idf;
}

function normOf(estimator: Estimator): 'l1' | 'l2' | null {
  const norm = estimator.get('norm');
  if (norm === 'l1' || norm === 'l2' || norm === null) return norm;
  throw estimator.fault('is not a known norm', 'Fit it with norm="l2".', 'norm');
}
