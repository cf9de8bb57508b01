import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import { ModelImportError } from '../bytes/model-import.error';
import { overLimit } from '../bytes/over-limit';
import type { OnnxTensor } from './onnx-model';
import type { ProtobufMessage } from './protobuf';

/** The field of a TensorProto with its name. */
export const TENSOR_NAME = 8;

/** Field numbers and element types of onnx.proto. */
const TENSOR = {
  shape: 1,
  type: 2,
  floats: 4,
  int32s: 5,
  strings: 6,
  int64s: 7,
  name: TENSOR_NAME,
  raw: 9,
  doubles: 10,
  external: 13,
} as const;
const ELEMENT = { float32: 1, int32: 6, int64: 7, text: 8, float64: 11 } as const;

/** A TensorProto, whichever of its fields has the elements. */
export function readTensor(tensor: ProtobufMessage): OnnxTensor {
  if (tensor.has(TENSOR.external)) {
    throw new ModelImportError(
      'keeps its weights in another file',
      'Save the model as one file: onnx.save(model, path) without external data.',
      { path: tensor.string(TENSOR.name), offset: tensor.offset },
    );
  }
  const shape = tensor.integers(TENSOR.shape);
  const size = shape.reduce((product, length) => product * length, 1);
  if (shape.some((length) => length < 0) || size > FILE_LIMITS.arrayElements) {
    throw overLimit(`has a tensor of shape ${shape.join(' × ')}`, tensor.offset);
  }
  const parts = elementsOf(tensor);
  const found = parts.numbers.length + parts.text.length;
  if (found !== size) {
    throw damaged(
      `has a tensor of ${found} elements where its shape asks for ${size}`,
      tensor.offset,
    );
  }
  return { shape, ...parts };
}

function elementsOf(tensor: ProtobufMessage): Omit<OnnxTensor, 'shape'> {
  const type = tensor.integer(TENSOR.type);
  const raw = tensor.bytes(TENSOR.raw);
  switch (type) {
    case ELEMENT.float32:
      return numeric(
        'float32',
        raw ? rawNumbers(raw, 4, tensor, getFloat32) : tensor.floats(TENSOR.floats),
      );
    case ELEMENT.float64:
      return numeric(
        'float64',
        raw ? rawNumbers(raw, 8, tensor, getFloat64) : tensor.doubles(TENSOR.doubles),
      );
    case ELEMENT.int32:
      return numeric(
        'integer',
        raw ? rawNumbers(raw, 4, tensor, getInt32) : tensor.integers(TENSOR.int32s),
      );
    case ELEMENT.int64:
      return numeric(
        'integer',
        raw ? rawNumbers(raw, 8, tensor, getInt64) : tensor.integers(TENSOR.int64s),
      );
    case ELEMENT.text:
      return { precision: 'text', numbers: [], text: tensor.strings(TENSOR.strings) };
    default:
      throw new ModelImportError(
        `has a tensor of element type ${type}`,
        'Convert the model with float or double inputs.',
        { path: tensor.string(TENSOR.name), offset: tensor.offset },
      );
  }
}

function numeric(
  precision: OnnxTensor['precision'],
  numbers: readonly number[],
): Omit<OnnxTensor, 'shape'> {
  return { precision, numbers, text: [] };
}

type Get = (view: DataView, at: number) => number;
const getFloat32: Get = (view, at) => view.getFloat32(at, true);
const getFloat64: Get = (view, at) => view.getFloat64(at, true);
const getInt32: Get = (view, at) => view.getInt32(at, true);
const getInt64: Get = (view, at) => Number(view.getBigInt64(at, true));

function rawNumbers(raw: Uint8Array, bytes: number, tensor: ProtobufMessage, get: Get): number[] {
  if (raw.length % bytes !== 0) throw damaged('has a tensor of a broken length', tensor.offset);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: raw.length / bytes }, (_, i) => get(view, i * bytes));
}
