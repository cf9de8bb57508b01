import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { cpuMs, ImportAttempts, MAX_MS, tryImport } from './support/fuzz/import-attempts';
import { mutate, mutation, replacement } from './support/fuzz/mutations';

/** Inputs in all; the nightly run sets 100000. */
// oxlint-disable-next-line node/no-process-env -- how many inputs is a matter of the run, not of the code
const RUNS = Number(process.env['IMPORT_FUZZ_RUNS'] ?? 5000);

const REFERENCE = join(__dirname, 'reference');

const seeds = ['models', 'onnx', 'skops', 'refuse', 'tabular/models', 'tabular/refuse']
  .flatMap((directory) =>
    readdirSync(join(REFERENCE, directory)).map((file) => join(directory, file)),
  )
  .map((file) => ({ file, bytes: readFileSync(join(REFERENCE, file)) }))
  .filter(({ bytes }) => bytes.length > 0);

const attempts = new ImportAttempts();

function check(share: number, inputs: fc.Arbitrary<Uint8Array>): void {
  fc.assert(
    fc.property(inputs, (bytes) => attempts.attempt(bytes)),
    { seed: 20261123, numRuns: Math.ceil(RUNS * share) },
  );
}

const seed = fc.constantFrom(...seeds).map(({ bytes }) => bytes);

/** Text that means something to a reader of models. */
const WORDS = (
  'sklearn.linear_model._logistic LogisticRegression numpy dtype f8 O ndarray numpy.core.multiarray ' +
  '_reconstruct scalar joblib.numpy_pickle NumpyArrayWrapper coef_ classes_ intercept_ shape order ' +
  '__proto__ constructor steps sklearn.pipeline Pipeline _codecs encode os system'
).split(' ');

/** Pickle operations with plausible arguments, in any order. */
const operation = fc.oneof(
  ...[
    '(',
    ')',
    ']',
    '}',
    '.',
    '0',
    '1',
    '2',
    'N',
    'a',
    'e',
    's',
    'u',
    't',
    'l',
    'd',
    'b',
    'R',
    'o',
  ].map((code) => fc.constant(Buffer.from(code, 'latin1'))),
  ...[0x81, 0x85, 0x86, 0x87, 0x88, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94].map((code) =>
    fc.constant(Buffer.from([code])),
  ),
  fc.integer({ min: 0, max: 12 }).map((index) => Buffer.from([0x68, index])),
  fc.integer({ min: 0, max: 255 }).map((value) => Buffer.from([0x4b, value])),
  fc.uint8Array({ maxLength: 40 }).map((data) => Buffer.from([0x43, data.length, ...data])),
  fc
    .constantFrom(...WORDS)
    .map((text) => Buffer.concat([Buffer.from([0x8c, text.length]), Buffer.from(text)])),
);

const program = fc
  .array(operation, { maxLength: 120 })
  .map((operations) => Buffer.concat([Buffer.from([0x80, 4]), ...operations, Buffer.from('.')]));

/** The same content behind a sound zlib stream, so that changes reach the pickle inside. */
const recompressed = fc
  .tuple(seed, fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([bytes, mutations]) => deflateSync(mutate(bytes, mutations)));

/** UBJSON markers with plausible arguments, in any order. */
const ubjson = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'ZTFNiUIlLdDCSH[]{}$#'.split('')).map((sign) => Buffer.from(sign)),
      fc.integer({ min: 0, max: 20 }).map((length) => Buffer.from([0x69, length])),
      fc.uint8Array({ maxLength: 12 }).map((data) => Buffer.from(data)),
      fc
        .constantFrom('learner', 'gradient_booster', 'trees')
        .map((key) =>
          Buffer.from(`L\0\0\0\0\0\0\0${String.fromCharCode(key.length)}${key}`, 'latin1'),
        ),
    ),
    { maxLength: 60 },
  )
  .map((parts) => Buffer.concat([Buffer.from('{'), ...parts]));

/** Lines that a LightGBM text file has, in any order. */
const lightGbmText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '',
        'tree',
        'Tree=0',
        'Tree=1',
        'num_leaves=3',
        'left_child=1 -1',
        'leaf_value=1 nan 2',
        'end of trees',
        'pandas_categorical:[["a"]]',
        'pandas_categorical:[[',
      ),
      fc.string({ maxLength: 30 }),
    ),
    { maxLength: 40 },
  )
  .map((lines) => Buffer.from(['tree', ...lines].join('\n')));

/** Protobuf fields with the numbers and wire types of onnx.proto, nested or not. */
const protobuf = fc
  .array(
    fc.record({
      key: fc.integer({ min: 0, max: 127 }),
      data: fc.uint8Array({ maxLength: 20 }),
    }),
    { maxLength: 40 },
  )
  .map((fields) => {
    const graph = Buffer.concat(
      fields.map(({ key, data }) => Buffer.from([key, data.length, ...data])),
    );
    return Buffer.concat([Buffer.from([0x08, 8, 0x3a, graph.length % 128]), graph]);
  });

describe('any bytes', () => {
  afterEach(() => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('survives a byte changed in the reference files', () => {
    check(
      0.15,
      fc.tuple(seed, replacement).map(([bytes, change]) => mutate(bytes, [change])),
    );
  });

  it('survives changes to the reference files', () => {
    const mutations = fc.array(mutation, { minLength: 1, maxLength: 6 });
    check(
      0.2,
      fc.tuple(seed, mutations).map(([bytes, changes]) => mutate(bytes, changes)),
    );
  });

  it('survives changes behind compression', () => check(0.1, recompressed));

  it('survives every truncation', () => {
    const total = seeds.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const stride = Math.max(1, Math.floor(total / (RUNS * 0.3)));
    for (const { bytes } of seeds) {
      for (let length = stride - 1; length < bytes.length; length += stride) {
        attempts.attempt(bytes.subarray(0, length));
      }
    }
  });

  it('survives any sequence of pickle operations', () => check(0.25, program));

  it('survives any sequence of UBJSON markers', () => check(0.1, ubjson));

  it('survives any lines of a LightGBM text', () => check(0.05, lightGbmText));

  it('survives any protobuf fields', () => check(0.1, protobuf));

  it('survives noise', () => {
    check(
      0.05,
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.of(0x80, 4, ...bytes)),
    );
  });

  it('took as many inputs as it was to', () => {
    process.stdout.write(`import fuzz: ${JSON.stringify(attempts.outcomes)}\n`);
    expect(attempts.outcomes.inputs).toBeGreaterThanOrEqual(RUNS);
    expect(attempts.outcomes.refused).toBeGreaterThan(attempts.outcomes.imported);
  });
});

describe('hostile sizes', () => {
  const pickle = (...parts: (Buffer | number[])[]): Buffer =>
    Buffer.concat([Buffer.from([0x80, 4]), ...parts.map((part) => Buffer.from(part))]);
  const many = (code: string | number, count = 10_000_000): Buffer => Buffer.alloc(count, code);
  const json = (features: string): Buffer =>
    Buffer.from(`{"format":"linear-classifier-export","features":${features}}`);

  it.each([
    ['a zlib bomb', deflateSync(Buffer.alloc(80 * 2 ** 20)), /inflates to more than/],
    [
      'a text without end',
      pickle([0x8d, 255, 255, 255, 255, 255, 255, 31, 0]),
      /more bytes should/,
    ],
    ['a length beyond 2^53', pickle([0x8e, 0, 0, 0, 0, 0, 0, 0, 255]), /states a length/],
    ['marks', pickle(many('(')), /nests containers too deep/],
    ['tuples in tuples', pickle(Buffer.from(')'), many(0x85)), /containers/],
    ['copies', pickle(Buffer.from('N'), many('2')), /pickle operations/],
    [
      'lists in lists',
      pickle(many(']', 140_000), many('a', 139_999), many('.', 1)),
      /too many values|containers/,
    ],
    ['a zip of the same size', deflateSync(Buffer.alloc(33 * 2 ** 20)), /inflates to more than/],
    ['UBJSON lists', Buffer.from('['.repeat(1_000_000)), /nested too deep/],
    ['a UBJSON count', Buffer.from('{i\x01a[$d#l\x7f\xff\xff\xff', 'latin1'), /more than follow/],
    [
      'UBJSON without bytes',
      Buffer.from('{i\x01a[$Z#l\x7f\xff\xff\xff', 'latin1'),
      /without bytes/,
    ],
    ['a text without a line end', Buffer.from(`tree\n${'a'.repeat(10_000_000)}`), /end of trees/],
    ['trees of text', Buffer.from(`tree\n${'Tree=0\n'.repeat(2_000_000)}`), /too many trees/],
    ['protobuf fields', Buffer.concat([Buffer.from([8, 7]), many(8)]), /without a graph|protobuf/],
    ['a huge integer', pickle([0x8b, 255, 255, 255, 127]), /an integer of/],
    ['JSON without end', json('['.repeat(1_000_000)), /nested too deep/],
    ['deep JSON', json('['.repeat(100_000) + ']'.repeat(100_000)), /nested too deep/],
    ['a large JSON', json(`[${'0,'.repeat(5_000_000)}0]`), /features: is not a list/],
    ['a large file', Buffer.alloc(513 * 2 ** 20), /has more than/],
  ])('%s: refused', (_, bytes, reason) => {
    const start = process.cpuUsage();
    expect(() => tryImport(bytes)).toThrow(reason);
    expect(cpuMs(start)).toBeLessThan(MAX_MS);
  });
});
