import { type BodyPath, requestFault } from '../../shared/request-fault';
import { type Datatype, DATATYPE } from '../tensors/datatypes';
import { decodeJson } from '../tensors/decode-json';
import type { Element } from '../tensors/element';
import type { InputTensor } from '../tensors/tensor';
import type { BinaryData } from './binary-data';
import { memberOf, parametersOf } from './parameters';

/** More dimensions than this have no meaning for any model here. */
const MAX_DIMENSIONS = 8;

/**
 * One member of `inputs`; binary ones take their bytes from `binary`.
 * @throws ProblemException for the first fault
 */
export function parseInput(input: object, path: BodyPath, binary: BinaryData): InputTensor {
  const name = requiredText(input, 'name', path);
  const datatype = DATATYPE.get(requiredText(input, 'datatype', path));
  if (!datatype) {
    const message = `Input should be one of ${[...DATATYPE.keys()].join(', ')}`;
    throw requestFault([...path, 'datatype'], message, 'datatype');
  }
  const shape = parseShape(memberOf(input, 'shape'), [...path, 'shape']);
  const data = memberOf(input, 'data');
  const binarySize = parametersOf(input, path).count('binary_data_size');
  if (binarySize === undefined) {
    if (data === undefined) throw requestFault([...path, 'data'], 'Field required', 'missing');
    const elements = decodeJson(data, shape, datatype, [...path, 'data']);
    return { name, datatype, shape, data: elements };
  }
  if (data !== undefined) {
    const message = 'An input has either data or binary_data_size, not both';
    throw requestFault(path, message, 'binary_size');
  }
  return { name, datatype, shape, data: takeBinary(datatype, shape, binarySize, path, binary) };
}

function takeBinary(
  datatype: Datatype,
  shape: readonly number[],
  size: number,
  path: BodyPath,
  binary: BinaryData,
): ArrayLike<Element> {
  const fault = (message: string) => requestFault(path, message, 'binary_size');
  if (!binary.isPresent) {
    throw fault('Binary data needs the header Inference-Header-Content-Length');
  }
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  if (datatype.size !== undefined && size !== count * datatype.size) {
    throw fault(
      `The shape asks for ${count} elements of ${datatype.size} bytes, but binary_data_size is ${size}`,
    );
  }
  const bytes = binary.take(size);
  if (!bytes) throw fault(`binary_data_size is ${size}, but only ${binary.bytesLeft} bytes follow`);
  try {
    return datatype.decode(bytes, count);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw requestFault(path, `The binary data is not valid: ${error.message}`, 'element_type');
  }
}

function requiredText(owner: object, name: string, path: BodyPath): string {
  const value = memberOf(owner, name);
  if (value === undefined) throw requestFault([...path, name], 'Field required', 'missing');
  if (typeof value === 'string') return value;
  throw requestFault([...path, name], 'Input should be a string', 'string_type');
}

function parseShape(value: unknown, path: BodyPath): readonly number[] {
  if (value === undefined) throw requestFault(path, 'Field required', 'missing');
  const isShape =
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_DIMENSIONS &&
    value.every((dimension) => Number.isSafeInteger(dimension) && (dimension as number) >= 0);
  if (isShape) return value as number[];
  const message = `Input should be a list of 1 to ${MAX_DIMENSIONS} whole numbers that are not negative`;
  throw requestFault(path, message, 'shape');
}
