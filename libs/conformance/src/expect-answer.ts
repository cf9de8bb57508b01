import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './answer';
import { ConformanceFailure } from './conformance-failure.error';
import { DATATYPES, elementCount, elementsOf, type JsonTensor } from './tensors';

const MAX_SHOWN = 200;

/** @throws ConformanceFailure that shows both where they differ */
export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new ConformanceFailure(`${what}: expected ${shown(expected)}, got ${shown(actual)}`);
}

/** @throws ConformanceFailure with the message */
export function expectTrue(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ConformanceFailure(message);
}

/** @throws ConformanceFailure where the status is none of these */
export function expectStatus(answer: Answer, ...statuses: readonly number[]): void {
  if (statuses.includes(answer.status)) return;
  throw new ConformanceFailure(
    `${answer.asked}: expected ${statuses.join(' or ')}, got ${answer.status} ${shown(answer.bytes.toString('utf8'))}`,
  );
}

/** @throws ConformanceFailure unless it is one of these statuses with `{"error": "…"}` */
export function expectError(answer: Answer, ...statuses: readonly number[]): void {
  expectStatus(answer, ...statuses);
  const { error } = answer.json;
  expectTrue(
    typeof error === 'string' && error !== '',
    `${answer.asked}: an error is {"error": "<text>"}, got ${shown(answer.json)}`,
  );
}

/** The outputs of a successful answer by name, binary ones read. @throws ConformanceFailure where they are not sound */
export function outputsOf(
  answer: Answer,
): ReadonlyMap<string, JsonTensor & { readonly isBinary: boolean }> {
  expectStatus(answer, 200);
  const { json, binary } = answer.parts;
  expectTrue(typeof json['model_name'] === 'string', 'model_name should be a string');
  const { outputs } = json;
  expectTrue(Array.isArray(outputs), 'outputs should be a list');
  let at = 0;
  const tensors = new Map<string, JsonTensor & { readonly isBinary: boolean }>();
  for (const output of outputs as readonly Record<string, unknown>[]) {
    const { name, datatype, shape, data, parameters } = output;
    expectTrue(typeof name === 'string', 'the name of an output should be a string');
    expectTrue(DATATYPES.has(String(datatype)), `output ${name}: datatype is ${shown(datatype)}`);
    expectTrue(
      Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 0),
      `output ${name}: shape is ${shown(shape)}`,
    );
    const size = (parameters as Record<string, unknown> | undefined)?.['binary_data_size'];
    let elements = Array.isArray(data) ? data.flat(Infinity) : undefined;
    const isBinary = size !== undefined;
    if (isBinary) {
      expectTrue(data === undefined, `output ${name}: has data and binary_data_size`);
      expectTrue(
        binary !== undefined && Number.isInteger(size) && at + Number(size) <= binary.length,
        `output ${name}: binary_data_size is ${shown(size)}, but ${(binary?.length ?? 0) - at} bytes follow`,
      );
      elements = elementsOf(String(datatype), binary.subarray(at, at + Number(size)))?.slice();
      at += Number(size);
    }
    expectTrue(elements !== undefined, `output ${name}: has no data that can be read`);
    const count = elementCount(shape as number[]);
    expectEqual(`output ${name}: elements for shape ${shown(shape)}`, elements.length, count);
    expectTrue(!tensors.has(name), `output ${name}: given twice`);
    tensors.set(name, {
      name,
      datatype: String(datatype),
      shape: shape as number[],
      data: elements,
      isBinary,
    });
  }
  expectEqual('bytes behind the last binary output', (binary?.length ?? 0) - at, 0);
  return tensors;
}

/** The values of an output as numbers where booleans may have come as bytes. */
export function comparable({ data }: JsonTensor): readonly unknown[] {
  return data.map((element) => (typeof element === 'boolean' ? Number(element) : element));
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
