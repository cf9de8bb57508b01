import { isUtf8 } from 'node:buffer';
import { bfloatToNumber, halfToNumber } from './half-floats';
import { littleEndian } from './little-endian';
import type { Element } from './element';

/** A tensor type of the Open Inference Protocol. */
export interface Datatype {
  readonly name: string;
  /** What columns have to be for it. */
  readonly holds: 'number' | 'boolean' | 'text';
  /** Bytes of one element; absent where they differ. */
  readonly size?: number;
  /** Whether a JSON value, other than null, is an element; absent where the type has no JSON form. */
  readonly isElement?: (value: unknown) => boolean;
  /**
   * Reads `count` elements, which take all of `bytes`.
   * @throws RangeError where an element is not valid, without quoting it
   */
  readonly decode: (bytes: Buffer, count: number) => ArrayLike<Element>;
}

type NumberArray = ArrayLike<number>;

function number(
  name: string,
  size: number,
  decode: (buffer: ArrayBuffer) => NumberArray,
  isElement?: (value: unknown) => boolean,
): Datatype {
  return {
    name,
    holds: 'number',
    size,
    ...(isElement && { isElement }),
    decode: (bytes) => decode(littleEndian(bytes, size)),
  };
}

function integer(
  name: string,
  size: number,
  [least, most]: readonly [number, number],
  decode: (buffer: ArrayBuffer) => NumberArray,
): Datatype {
  const isElement = (value: unknown) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
  return number(name, size, decode, isElement);
}

/** Integers as numbers: beyond 2^53 a double would stand for another one. */
function exactNumbers(values: BigInt64Array | BigUint64Array): NumberArray {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (!Number.isSafeInteger(value)) {
      throw new RangeError('integers beyond 2^53 are not supported; send FP64');
    }
    numbers[i] = value;
  }
  return numbers;
}

const SAFE = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const;

const DATATYPES: readonly Datatype[] = [
  {
    name: 'BOOL',
    holds: 'boolean',
    size: 1,
    isElement: (value) => typeof value === 'boolean',
    decode: decodeBooleans,
  },
  {
    name: 'BYTES',
    holds: 'text',
    isElement: (value) => typeof value === 'string',
    decode: decodeTexts,
  },
  integer('INT8', 1, [-(2 ** 7), 2 ** 7 - 1], (buffer) => new Int8Array(buffer)),
  integer('INT16', 2, [-(2 ** 15), 2 ** 15 - 1], (buffer) => new Int16Array(buffer)),
  integer('INT32', 4, [-(2 ** 31), 2 ** 31 - 1], (buffer) => new Int32Array(buffer)),
  integer('INT64', 8, SAFE, (buffer) => exactNumbers(new BigInt64Array(buffer))),
  integer('UINT8', 1, [0, 2 ** 8 - 1], (buffer) => new Uint8Array(buffer)),
  integer('UINT16', 2, [0, 2 ** 16 - 1], (buffer) => new Uint16Array(buffer)),
  integer('UINT32', 4, [0, 2 ** 32 - 1], (buffer) => new Uint32Array(buffer)),
  integer('UINT64', 8, [0, SAFE[1]], (buffer) => exactNumbers(new BigUint64Array(buffer))),
  number('FP16', 2, (buffer) => Float64Array.from(new Uint16Array(buffer), halfToNumber)),
  number('BF16', 2, (buffer) => Float64Array.from(new Uint16Array(buffer), bfloatToNumber)),
  // As sent, not rounded to 32 bits: models compute with doubles.
  number(
    'FP32',
    4,
    (buffer) => new Float32Array(buffer),
    (value) => typeof value === 'number' && Number.isFinite(Math.fround(value)),
  ),
  number(
    'FP64',
    8,
    (buffer) => new Float64Array(buffer),
    (value) => typeof value === 'number' && Number.isFinite(value),
  ),
];

/** Every datatype by its name. */
export const DATATYPE: ReadonlyMap<string, Datatype> = new Map(
  DATATYPES.map((datatype) => [datatype.name, datatype]),
);

function decodeBooleans(bytes: Buffer): boolean[] {
  return Array.from(bytes, (byte) => {
    if (byte > 1) throw new RangeError('a BOOL is a byte that is 0 or 1');
    return byte === 1;
  });
}

/** Each element is its length, in 4 bytes, and then so many bytes of UTF-8. */
function decodeTexts(bytes: Buffer, count: number): string[] {
  const texts: string[] = [];
  let at = 0;
  while (texts.length < count) {
    if (at + 4 > bytes.length) throw new RangeError(`there are fewer than ${count} elements`);
    const end = at + 4 + bytes.readUInt32LE(at);
    if (end > bytes.length) throw new RangeError('an element is longer than what is left');
    const text = bytes.subarray(at + 4, end);
    if (!isUtf8(text)) throw new RangeError('an element is not UTF-8');
    texts.push(text.toString('utf8'));
    at = end;
  }
  if (at < bytes.length) throw new RangeError(`there are more than ${count} elements`);
  return texts;
}
