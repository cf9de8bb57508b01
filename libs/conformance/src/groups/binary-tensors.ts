import { deflateSync, gzipSync } from 'node:zlib';
import { CheckSkipped } from '../check-skipped.error';
import type { ConformanceCheck, ConformanceGroup } from '../conformance-check';
import type { ConformanceTarget } from '../conformance-target';
import {
  comparable,
  expectEqual,
  expectError,
  expectStatus,
  expectTrue,
  outputsOf,
} from '../expect-answer';
import { binaryOf, type JsonTensor } from '../tensors';

const LENGTH = 'Inference-Header-Content-Length';

/** A request body, and the header that says where its JSON ends. */
interface BinaryRequest {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | number>>;
}

interface Layout {
  /** Which inputs are binary; all where this is absent. */
  readonly isBinary?: (input: JsonTensor, index: number) => boolean;
  readonly more?: object;
  /** What to add to the size that each input states. */
  readonly sizeBy?: number;
  /** Bytes behind the last input, or fewer of them. */
  readonly trailing?: number;
  readonly length?: (json: number, all: number) => number | string;
}

function binaryRequest(target: ConformanceTarget, layout: Layout = {}, rows = 1): BinaryRequest {
  const { isBinary = () => true, more = {}, sizeBy = 0, trailing = 0 } = layout;
  const parts: Buffer[] = [];
  const inputs = target.inputs(rows).map((input, i) => {
    const bytes = isBinary(input, i) ? binaryOf(input) : undefined;
    if (!bytes) return input;
    parts.push(bytes);
    const { name, shape, datatype } = input;
    return { name, shape, datatype, parameters: { binary_data_size: bytes.length + sizeBy } };
  });
  const json = Buffer.from(JSON.stringify({ ...more, inputs }));
  let binary = Buffer.concat(parts);
  if (trailing > 0) binary = Buffer.concat([binary, Buffer.alloc(trailing)]);
  if (trailing < 0) binary = binary.subarray(0, Math.max(0, binary.length + trailing));
  const body = Buffer.concat([json, binary]);
  const length = layout.length?.(json.length, body.length) ?? json.length;
  return { body, headers: { 'Content-Type': 'application/octet-stream', [LENGTH]: length } };
}

/** A check of the extension, skipped where the server does not say that it has it. */
function check(
  id: string,
  title: string,
  run: ConformanceCheck['run'],
  level: ConformanceCheck['level'] = 'must',
): ConformanceCheck {
  return {
    id,
    title,
    level,
    async run(target) {
      const { extensions } = (await target.get('/v2')).json;
      if (!Array.isArray(extensions) || !extensions.includes('binary_tensor_data')) {
        throw new CheckSkipped('the server does not list the extension binary_tensor_data');
      }
      await run(target);
    },
  };
}

const refuses = (id: string, title: string, layouts: readonly Layout[]): ConformanceCheck =>
  check(id, `${title}: 400 {"error"}`, async (target) => {
    for (const layout of layouts) {
      const { body, headers } = binaryRequest(target, layout);
      expectError(await target.infer(body, headers), 400);
    }
  });

/** All outputs in one form have the values that they have in JSON. */
async function expectSameValues(
  target: ConformanceTarget,
  { body, headers }: BinaryRequest,
  isBinary: (name: string) => boolean,
): Promise<void> {
  const expected = outputsOf(await target.infer(target.request()));
  const outputs = outputsOf(await target.infer(body, headers));
  expectEqual('outputs', [...outputs.keys()], [...expected.keys()]);
  for (const [name, output] of outputs) {
    expectEqual(`output ${name} is binary`, output.isBinary, isBinary(name));
    expectEqual(`output ${name}`, comparable(output), comparable(expected.get(name)!));
  }
}

const jsonRequest = (target: ConformanceTarget, more: object): BinaryRequest => ({
  body: Buffer.from(JSON.stringify(target.request(1, more))),
  headers: { 'Content-Type': 'application/json' },
});

const BINARY_OUTPUT = { parameters: { binary_data_output: true } };

/** The extension binary_tensor_data, and compressed bodies. */
export const binaryTensors: ConformanceGroup = {
  title: 'Binary tensors',
  checks: [
    check('47', 'binary inputs, JSON outputs', (target) =>
      expectSameValues(target, binaryRequest(target), () => false),
    ),
    check('48', 'JSON inputs, binary outputs', (target) =>
      expectSameValues(target, jsonRequest(target, BINARY_OUTPUT), () => true),
    ),
    check('49', 'binary inputs and outputs', (target) =>
      expectSameValues(target, binaryRequest(target, { more: BINARY_OUTPUT }), () => true),
    ),
    check('50', 'binary and JSON inputs in one request', async (target) => {
      if (target.inputs().length < 2) throw new CheckSkipped('the model has one input');
      const layout: Layout = { isBinary: (_, i) => i % 2 === 1 };
      await expectSameValues(target, binaryRequest(target, layout), () => false);
    }),
    check('51', 'binary_data of an output comes before binary_data_output', async (target) => {
      const [first] = target.outputs;
      const outputs = target.outputs.map(({ name }) =>
        name === first?.name ? { name, parameters: { binary_data: false } } : { name },
      );
      const request = jsonRequest(target, { ...BINARY_OUTPUT, outputs });
      await expectSameValues(target, request, (name) => name !== first?.name);
    }),
    refuses('52', 'a length of the JSON that is no number', [
      { length: () => 'abc' },
      { length: () => '1.5' },
      { length: () => '' },
    ]),
    refuses('53', 'a length of the JSON that is negative or beyond the body', [
      { length: () => -1 },
      { length: (_, all) => all + 1 },
      { length: () => '99999999999999999999' },
    ]),
    refuses('54', 'a binary_data_size that the shape does not have', [
      { sizeBy: 1, trailing: 1 },
      { sizeBy: -1, trailing: -1 },
    ]),
    refuses('55', 'bytes behind the last input', [{ trailing: 1 }, { trailing: 1000 }]),
    refuses('56', 'fewer bytes than the inputs say', [{ trailing: -1 }]),
    check('57', 'data and binary_data_size in one input: 400 {"error"}', async (target) => {
      const bytes = binaryOf(target.first);
      if (!bytes) throw new CheckSkipped(`${target.first.datatype} is not written here`);
      const parameters = { binary_data_size: bytes.length };
      const json = Buffer.from(JSON.stringify(target.altered({ parameters })));
      const headers = { [LENGTH]: json.length };
      expectError(await target.infer(Buffer.concat([json, bytes]), headers), 400);
    }),
    check(
      '58',
      'a raw request (length 0) by a model with one input',
      async (target) => {
        const bytes = binaryOf(target.first);
        if (target.inputs().length > 1 || !bytes) {
          throw new CheckSkipped('the model does not have one input of fixed size');
        }
        const headers = { 'Content-Type': 'application/octet-stream', [LENGTH]: 0 };
        const outputs = outputsOf(await target.infer(bytes, headers));
        const expected = outputsOf(await target.infer(target.request()));
        for (const [name, output] of outputs) {
          expectTrue(output.isBinary, `output ${name} should be binary`);
          expectEqual(`output ${name}`, comparable(output), comparable(expected.get(name)!));
        }
        const short = bytes.subarray(0, bytes.length - 1);
        expectError(await target.infer(short, headers), 400);
      },
      'should',
    ),
    {
      id: '59',
      title: 'bodies compressed with gzip and deflate',
      level: 'should',
      async run(target) {
        const body = Buffer.from(JSON.stringify(target.request()));
        const type = { 'Content-Type': 'application/json' };
        for (const [encoding, bytes] of [
          ['gzip', gzipSync(body)],
          ['deflate', deflateSync(body)],
        ] as const) {
          const headers = { ...type, 'Content-Encoding': encoding };
          expectStatus(await target.infer(bytes, headers), 200);
        }
        const damaged = { ...type, 'Content-Encoding': 'gzip' };
        expectError(await target.infer(body, damaged), 400);
      },
    },
  ],
};
