import { ProtobufMessage } from './protobuf';
import { readTensor } from './read-tensor';

const field = (number: number, wireType: number, ...bytes: readonly number[]): number[] => [
  number * 8 + wireType,
  ...bytes,
];
const bytesField = (number: number, bytes: readonly number[]): number[] =>
  field(number, 2, bytes.length, ...bytes);

/** A TensorProto of `shape` and element type with one more field. */
function tensor(shape: readonly number[], type: number, ...more: readonly number[]) {
  const dimensions = shape.flatMap((length) => field(1, 0, length));
  return readTensor(
    new ProtobufMessage(Uint8Array.from([...dimensions, ...field(2, 0, type), ...more])),
  );
}

describe('readTensor', () => {
  it.each([
    ['float32, listed', 1, field(4, 5, 0, 0, 0xc0, 0x3f), 1.5],
    ['float32, raw', 1, bytesField(9, [0, 0, 0xc0, 0x3f]), 1.5],
    ['float64, listed', 11, field(10, 1, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f), 1.5],
    ['float64, raw', 11, bytesField(9, [0, 0, 0, 0, 0, 0, 0xf8, 0x3f]), 1.5],
    ['int32, listed', 6, field(5, 0, 7), 7],
    ['int32, raw', 6, bytesField(9, [0xff, 0xff, 0xff, 0xff]), -1],
    ['int64, listed', 7, field(7, 0, 7), 7],
    ['int64, raw', 7, bytesField(9, [7, 0, 0, 0, 0, 0, 0, 0]), 7],
  ])('reads %s', (_, type, elements, value) => {
    expect(tensor([1], type, ...elements)).toMatchObject({ shape: [1], numbers: [value] });
  });

  it('reads text', () => {
    expect(tensor([2], 8, ...bytesField(6, [0x61]), ...bytesField(6, [0x62])).text).toEqual([
      'a',
      'b',
    ]);
  });

  it.each([
    ['another element type', () => tensor([1], 10), /element type 10/],
    ['weights in another file', () => tensor([1], 1, ...bytesField(13, [])), /another file/],
    [
      'a shape that its elements contradict',
      () => tensor([2], 6, ...field(5, 0, 7)),
      /1 elements where its shape asks for 2/,
    ],
    ['a broken length', () => tensor([1], 1, ...bytesField(9, [1, 2, 3])), /broken length/],
    ['an absurd shape', () => tensor([100, 100, 100, 100, 100], 1), /shape 100 × 100/],
  ])('refuses %s', (_, read, reason) => {
    expect(read).toThrow(reason);
  });
});
