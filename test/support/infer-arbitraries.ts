import fc from 'fast-check';

const VALUES = [5.1, 3.5, 1.4, 0.2];
const NAMES = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];

/** Mostly what is right, and now and then something else. */
const mostly = <T>(right: T, ...others: unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant<unknown>(right) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, null, 0, 'x', [], {}, ...others) },
  );

const value = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<unknown>(...VALUES) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 1e39, '5.1', true, [1], {}) },
);

function input(name: string, shape: readonly number[], data: unknown): fc.Arbitrary<object> {
  return fc.record({
    name: mostly(name, 'X', 'petal_widht', '__proto__'),
    shape: mostly(shape, [4], [2, 2], [-1, 4], [1, 4, 1]),
    datatype: mostly('FP64', 'FP32', 'INT64', 'BYTES', 'FP16'),
    data: mostly(data, VALUES, [VALUES]),
    parameters: mostly(undefined, { any: 1 }, { binary_data_size: 32 }, { a: [] }),
  });
}

const matrix = fc
  .tuple(fc.array(fc.array(value, { minLength: 4, maxLength: 4 }), { maxLength: 3 }), fc.boolean())
  .chain(([rows, flat]) => input('input-0', [rows.length, 4], flat ? rows.flat() : rows))
  .map((only) => [only]);
const columns = fc.tuple(
  ...NAMES.map((name) => value.chain((element) => input(name, [1, 1], [element]))),
);
const output = fc.record({
  name: mostly('predict', 'predict_proba', 'label', 'output-0', 'explanation', 'nothing'),
  parameters: mostly(
    undefined,
    { binary_data: true },
    { classification: 2 },
    { classification: -1 },
  ),
});

/** The body of an inference request, right or wrong in one way or several. */
export const inferBody: fc.Arbitrary<string> = fc
  .record({
    id: mostly(undefined, 'mine "1"', 'é'),
    inputs: fc.oneof(matrix, columns, mostly(undefined)),
    outputs: fc.oneof(fc.constant(undefined), fc.array(output, { maxLength: 3 })),
    parameters: mostly(undefined, { binary_data_output: true }, { binary_data_output: 1 }),
  })
  .map((request) => JSON.stringify(request));

/** A request whose one tensor follows its JSON, with the length of that; either may be wrong. */
export const binaryInferBody: fc.Arbitrary<readonly [Buffer, string]> = fc
  .tuple(
    mostly(32, 31, 33),
    fc.constantFrom(true, false),
    fc.constantFrom(0, 0, 0, 1, -1, 1000),
    fc.array(fc.double(), { minLength: 4, maxLength: 4 }),
  )
  .map(([size, asBinary, off, numbers]) => {
    const json = JSON.stringify({
      inputs: [
        {
          name: 'input-0',
          shape: [1, 4],
          datatype: 'FP64',
          parameters: { binary_data_size: size },
        },
      ],
      parameters: { binary_data_output: asBinary },
    });
    const bytes = Buffer.from(Float64Array.from(numbers).buffer);
    return [Buffer.concat([Buffer.from(json), bytes]), String(json.length + off)] as const;
  });
