import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { border, catBoostDocument, equals, numberFeature } from './support/catboost-document';
import { changeDocument, documentChange } from './support/fuzz/document-mutations';
import { ImportAttempts } from './support/fuzz/import-attempts';
import { mutate, mutation, replacement } from './support/fuzz/mutations';
import { writeUbjson } from './support/fuzz/write-ubjson';

/** Inputs of each corpus; the nightly run sets more. */
// oxlint-disable-next-line node/no-process-env -- how many inputs is a matter of the run, not of the code
const RUNS = Number(process.env['FORMAT_FUZZ_RUNS'] ?? 400);

const MODELS = join(__dirname, 'reference', 'tabular', 'models');
const ZLIB = 0x78;

/** Files of the reference set, without their compression. */
function corpus(pattern: RegExp): readonly Buffer[] {
  return readdirSync(MODELS)
    .filter((file) => pattern.test(file))
    .map((file) => readFileSync(join(MODELS, file)))
    .map((bytes) => (bytes[0] === ZLIB ? inflateSync(bytes) : bytes));
}

const LEAVES = { leaf_values: [1, 2, 3, 4], leaf_weights: [1, 2, 3, 4] };
const CATBOOST = [
  catBoostDocument('RMSE', {
    oblivious_trees: [{ splits: [border(0, 1), border(1, 2)], ...LEAVES }],
    features_info: { float_features: [numberFeature(0, 'AsTrue'), numberFeature(1)] },
  }),
  catBoostDocument('MultiClass', {
    oblivious_trees: [{ splits: [border(0, 1)], leaf_values: [1, 2, 3, 4, 5, 6] }],
    scale_and_bias: [2, [0, 0, 1]],
  }),
  catBoostDocument(
    'Logloss',
    {
      trees: [
        { split: border(0, 1), left: { value: 1, weight: 2 }, right: { value: 2, weight: 1 } },
      ],
    },
    { class_params: { class_names: ['a', 'b'], class_to_label: [0, 1], classes_count: 0 } },
  ),
  catBoostDocument('RMSE', {
    oblivious_trees: [{ splits: [equals(0, 8), border(0, 1)], ...LEAVES }],
    features_info: {
      float_features: [numberFeature(0)],
      categorical_features: [
        { feature_index: 0, flat_feature_index: 1, feature_id: 'c', values: [8] },
      ],
      cat_features_hash: [{ hash: 8, value: '5' }],
    },
  }),
  catBoostDocument('RMSE', {
    oblivious_trees: [
      { splits: [{ split_type: 'OnlineCtr', border: 5, split_index: 0 }], leaf_values: [1, 2] },
    ],
    features_info: {
      categorical_features: [{ feature_index: 0, flat_feature_index: 0, feature_id: 'c' }],
      cat_features_hash: [{ hash: 2856682258, value: '0' }],
      ctrs: [
        {
          identifier: 'table',
          elements: [{ cat_feature_index: 0, combination_element: 'cat_feature_value' }],
          ctr_type: 'Borders',
          prior_numerator: 0.5,
          prior_denomerator: 1,
          shift: 0,
          scale: 15,
          target_border_idx: 0,
          borders: [5],
        },
      ],
    },
    ctr_data: {
      table: { hash_map: ['14096670708071601218', 1, 2], hash_stride: 3, counter_denominator: 0 },
    },
  }),
];

const attempts = new ImportAttempts();

/** @returns how many of the inputs were imported: a corpus of which none is reaches no converter */
function check(inputs: fc.Arbitrary<Uint8Array>): number {
  const before = attempts.outcomes.imported;
  const property = fc.property(inputs, (bytes) => attempts.attempt(bytes));
  // Shrinking a whole file takes longer than reading what failed.
  fc.assert(property, { seed: 20261126, numRuns: RUNS, endOnFailure: true });
  return attempts.outcomes.imported - before;
}

const bytesOf = (files: readonly Uint8Array[]) =>
  fc
    .tuple(
      fc.constantFrom(...files),
      fc.oneof(
        fc.array(replacement, { minLength: 1, maxLength: 2 }),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
      ),
    )
    .map(([bytes, changes]) => mutate(bytes, changes));

const documentsOf = (files: readonly Buffer[]) =>
  fc
    .tuple(
      // XGBoost writes NaN for conditions that mean nothing.
      fc.constantFrom(...files.map((bytes) => bytes.toString().replaceAll(/\bNaN\b/g, 'null'))),
      fc.array(documentChange, { minLength: 1, maxLength: 3 }),
    )
    .map(([json, changes]) => changeDocument(json, changes));

/** Words of text files, one of which takes the place of another or of a line. */
const word = fc.constantFrom(
  '',
  '-1',
  '0',
  '1',
  'nan',
  '1e999',
  '99999999999',
  'x',
  '1 1',
  '=',
  '\n',
);

const linesOf = (files: readonly Buffer[]) =>
  fc
    .tuple(
      fc.constantFrom(...files.map((bytes) => bytes.toString())),
      fc.array(fc.record({ at: fc.nat(), to: word }), { minLength: 1, maxLength: 3 }),
    )
    .map(([text, changes]) => {
      const words = text.split(/(?<=[ =\n])/);
      for (const { at, to } of changes) {
        const index = at % words.length;
        words[index] = to + words[index]!.slice(-1);
      }
      return Buffer.from(words.join(''));
    });

/** Calls that dill and cloudpickle write, with arguments of any kind, in any order. */
const call = fc
  .tuple(
    fc.constantFrom(
      ['dill._dill', '_load_type'],
      ['dill._dill', '_create_dtypemeta'],
      ['dill._dill', '_create_array'],
      ['cloudpickle.cloudpickle', '_make_skeleton_class'],
      ['numpy.core.multiarray', '_reconstruct'],
      ['numpy', 'ndarray'],
      ['sklearn.linear_model._logistic', 'LogisticRegression'],
    ),
    fc.constantFrom('slice', 'dict', 'CodeType', 'f8', 'coef_', '__proto__'),
    fc.constantFrom([0x85, 0x52], [0x85, 0x81], [0x4e, 0x86, 0x52], [0x7d, 0x86, 0x52, 0x7d, 0x62]),
  )
  .map(([[module, name], argument, codes]) =>
    Buffer.concat([
      textOf(module!),
      textOf(name!),
      Buffer.from([0x93]),
      textOf(argument),
      Buffer.from(codes),
    ]),
  );

function textOf(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x8c, text.length]), Buffer.from(text)]);
}

const calls = fc
  .array(call, { minLength: 1, maxLength: 12 })
  .map((all) => Buffer.concat([Buffer.from([0x80, 4, 0x5d, 0x28]), ...all, Buffer.from('e.')]));

const LIGHTGBM = corpus(/\.txt$/);
const XGBOOST = corpus(/^xgb.*\.json$/);

describe('changed files of each format are refused or imported', () => {
  it.each<[string, fc.Arbitrary<Uint8Array>]>([
    ['words of LightGBM text', linesOf(LIGHTGBM)],
    ['bytes of LightGBM text', bytesOf(LIGHTGBM)],
    [
      'values of XGBoost JSON',
      documentsOf(XGBOOST).map((json) => Buffer.from(JSON.stringify(json))),
    ],
    ['values of XGBoost UBJSON', documentsOf(XGBOOST).map(writeUbjson)],
    ['bytes of XGBoost UBJSON', bytesOf(corpus(/\.ubj$/))],
    ['bytes of old XGBoost files', bytesOf(corpus(/\.deprecated$/))],
    [
      'values of CatBoost JSON',
      documentsOf(CATBOOST).map((json) => Buffer.from(JSON.stringify(json))),
    ],
    ['bytes of ONNX trees', bytesOf(corpus(/^onnx-(?!ridge|titanic).*\.onnx$/))],
    ['bytes of ONNX encoders', bytesOf(corpus(/^onnx-(?:ridge|titanic).*\.onnx$/))],
    ['bytes of pickled vectorizers', bytesOf(corpus(/^(?:text|dict)-/))],
    ['bytes of pickled splines and isotonic models', bytesOf(corpus(/^(?:spline|isotonic)-/))],
    ['bytes of pickled imputers', bytesOf(corpus(/^(?:knn|iterative)-imputer/))],
  ])('%s', (_, inputs) => {
    expect(check(inputs)).toBeGreaterThan(RUNS / 100);
  });

  it('calls of dill and cloudpickle', () => {
    check(calls);
  });

  afterAll(() => {
    process.stdout.write(`format fuzz: ${JSON.stringify(attempts.outcomes)}\n`);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
