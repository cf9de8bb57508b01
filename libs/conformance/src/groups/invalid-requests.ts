import type { ConformanceCheck, ConformanceGroup } from '../conformance-check';
import type { ConformanceTarget } from '../conformance-target';
import { expectError, expectStatus } from '../expect-answer';
import { nested } from '../tensors';

/** A check that all of these bodies are answered with 400. */
function refuses(
  id: string,
  title: string,
  bodies: (target: ConformanceTarget) => readonly unknown[],
  level: ConformanceCheck['level'] = 'must',
): ConformanceCheck {
  return {
    id,
    title: `${title}: 400 {"error"}`,
    level,
    async run(target) {
      for (const body of bodies(target)) expectError(await target.infer(body), 400);
    },
  };
}

const without = (owner: object, name: string): object =>
  Object.fromEntries(Object.entries(owner).filter(([key]) => key !== name));

/** The request as JSON with another text for the first value of its numeric input. */
function withValue(target: ConformanceTarget, text: string): string {
  const { data } = target.numeric;
  const marked = target.renumbered({ data: ['@', ...data.slice(1)] });
  return JSON.stringify(marked).replace('"@"', text);
}

const shaped = (target: ConformanceTarget, shape: readonly unknown[]) => target.altered({ shape });

/** Requests that are to be refused, without ever a 5xx. */
export const invalidRequests: ConformanceGroup = {
  title: 'Invalid requests',
  checks: [
    refuses('21', 'an empty body', () => ['']),
    refuses('22', 'a body that is not JSON', () => ['{', 'inputs', '{"inputs":[}', '\u0000']),
    refuses('23', 'JSON that is no object', () => ['1', '"a"', 'null', 'true', '[]', '[{}]']),
    refuses('24', 'no inputs', () => [
      {},
      { inputs: [] },
      { inputs: null },
      { inputs: {} },
      { inputs: [1] },
    ]),
    refuses('25', 'an input without name, shape, datatype or data', (target) =>
      ['name', 'shape', 'datatype', 'data'].map((name) => ({
        inputs: [without(target.first, name), ...target.inputs().slice(1)],
      })),
    ),
    refuses('26', 'an unknown input', (target) => [target.altered({ name: 'no-such-input' })]),
    refuses('27', 'an input twice', (target) => [{ inputs: [...target.inputs(), target.first] }]),
    refuses('28', 'an unknown output', (target) => [
      target.request(1, { outputs: [{ name: 'no-such-output' }] }),
    ]),
    refuses(
      '29',
      'an output twice',
      (target) => {
        const [{ name } = { name: '' }] = target.outputs;
        return [target.request(1, { outputs: [{ name }, { name }] })];
      },
      'should',
    ),
    refuses('30', 'another number of elements than the shape has', (target) => {
      const { data, shape } = target.first;
      return [
        target.altered({ data: [...data, data[0]] }),
        target.altered({ data: data.slice(1) }),
        target.altered({ shape: [shape[0]! + 1, ...shape.slice(1)] }),
        target.altered({ data: 1 }),
      ];
    }),
    refuses('31', 'nested data of unequal lengths', (target) => {
      const { wide } = target;
      const row = (nested(wide) as readonly unknown[][])[0]!;
      const [rows, columns] = [2, wide.shape[1]!];
      const shape = [rows, columns];
      const double = target.inputs(2).map((input) => input);
      return [
        [row, row.slice(1)],
        [row, [...row, row[0]]],
        [row, row[0]],
        [row, [row]],
      ].map((data) => ({
        inputs: double.map((input) =>
          input.name === wide.name ? { ...input, shape, data } : input,
        ),
      }));
    }),
    refuses('32', 'another number of columns than the model has', (target) => {
      const { shape, data } = target.wide;
      const columns = shape[1]!;
      return [
        target.widened({ shape: [1, columns - 1], data: data.slice(1) }),
        target.widened({ shape: [1, columns + 1], data: [...data, data[0]] }),
        target.widened({ shape: [columns], data }),
        target.widened({ shape: [1, 1, columns], data }),
      ];
    }),
    refuses('33', 'dimensions that are none', (target) =>
      [[-1], [1.5], ['1'], [null], [1e300], [], [[1]], [true]].map((head) =>
        shaped(target, head.length === 0 ? [] : [...head, ...target.first.shape.slice(1)]),
      ),
    ),
    refuses('34', 'a shape whose product overflows', (target) => [
      shaped(target, [4294967296, 4294967296]),
      shaped(target, [9007199254740991, 9007199254740991]),
      shaped(target, [65536, 65536, 65536, 65536]),
    ]),
    refuses('35', 'an unknown datatype', (target) =>
      ['FLOAT', 'fp32', '', 1, null, 'toString', 'STRING'].map((datatype) =>
        target.altered({ datatype }),
      ),
    ),
    refuses('36a', 'text, a boolean, NaN or 1e999 as a number', (target) =>
      ['"1"', 'true', 'NaN', 'Infinity', '1e999', '{}', '[]'].map((text) =>
        withValue(target, text),
      ),
    ),
    {
      id: '36b',
      title: 'null as a number: 400 {"error"}, or 200 where values may be missing',
      level: 'must',
      async run(target) {
        const answer = await target.infer(withValue(target, 'null'));
        if (answer.status !== 200) expectError(answer, 400);
      },
    },
    refuses('37', 'numbers that their integer type cannot hold', (target) => {
      const cases = [
        ['UINT8', 300],
        ['UINT32', -1],
        ['INT8', 128],
        ['INT32', 1.5],
        ['UINT64', -1],
      ] as const;
      return cases.map(([datatype, value]) =>
        target.renumbered({ datatype, data: target.numeric.data.map(() => value) }),
      );
    }),
    refuses('38', 'FP16 as JSON', (target) => [target.renumbered({ datatype: 'FP16' })], 'should'),
    refuses('39', 'parameters that are no object of plain values', (target) => [
      target.request(1, { parameters: [] }),
      target.request(1, { parameters: 'a' }),
      target.request(1, { parameters: { a: {} } }),
      target.request(1, { parameters: { a: [1] } }),
      target.altered({ parameters: [] }),
      target.altered({ parameters: { a: {} } }),
    ]),
    refuses('46', 'an id that is no string', (target) => [
      target.request(1, { id: 1 }),
      target.request(1, { id: {} }),
    ]),
    {
      id: '46b',
      title: 'any other JSON: a 4xx, never a 5xx',
      level: 'must',
      async run(target) {
        const bodies = [
          '{"__proto__":{"inputs":[]}}',
          `{"inputs":${'['.repeat(5000)}${']'.repeat(5000)}}`,
          JSON.stringify({ inputs: [{ ...target.first, data: [[[[]]]] }] }),
          JSON.stringify({ inputs: [{ ...target.first, data: {} }] }),
          JSON.stringify({ inputs: [null] }),
          JSON.stringify(target.request(1, { outputs: {} })),
          JSON.stringify(target.request(1, { outputs: [null] })),
        ];
        for (const body of bodies) {
          const answer = await target.infer(body);
          expectStatus(answer, 400, 413, 422);
        }
      },
    },
  ],
};
