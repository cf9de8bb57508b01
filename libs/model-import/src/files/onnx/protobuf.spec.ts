import { ModelImportError } from '../bytes/model-import.error';
import { ProtobufMessage } from './protobuf';

const message = (...bytes: readonly number[]) => new ProtobufMessage(Uint8Array.from(bytes));

describe('ProtobufMessage', () => {
  it('reads varints, signed ones in ten bytes', () => {
    expect(message(0x08, 0x96, 0x01).integer(1)).toBe(150);
    expect(message(0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1).integer(1)).toBe(-1);
    expect(message(0x08, 0x80, 0x80, 0x80, 0x80, 0x10).integer(1)).toBe(2 ** 32);
  });

  it('reads repeated numbers packed or one by one', () => {
    expect(message(0x08, 1, 0x08, 2).integers(1)).toEqual([1, 2]);
    expect(message(0x0a, 2, 1, 2).integers(1)).toEqual([1, 2]);
    expect(message(0x0d, 0, 0, 0xc0, 0x3f).floats(1)).toEqual([1.5]);
    expect(message(0x0a, 8, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0x40).floats(1)).toEqual([1.5, 2]);
    expect(message(0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f).doubles(1)).toEqual([1.5]);
  });

  it('reads text and messages; the last of a single field counts', () => {
    const outer = message(0x0a, 1, 0x61, 0x0a, 1, 0x62, 0x12, 2, 0x08, 7);
    expect(outer.strings(1)).toEqual(['a', 'b']);
    expect(outer.string(1)).toBe('b');
    expect(outer.message(2)!.integer(1)).toBe(7);
    expect(outer.string(9)).toBe('');
    expect(outer.has(9)).toBe(false);
  });

  it.each([
    ['a length past the end', [0x0a, 5, 1]],
    ['a varint without end', Array<number>(12).fill(0x88)],
    ['a wire type that does not exist', [0x0f, 1]],
    ['an integer beyond 2^53', [0x08, 255, 255, 255, 255, 255, 255, 255, 127]],
  ])('refuses %s', (_, bytes) => {
    expect(() => message(...bytes).integers(1)).toThrow(ModelImportError);
  });

  it('refuses a field of another type', () => {
    expect(() => message(0x08, 1).string(1)).toThrow(/another type/);
    expect(() => message(0x08, 1).floats(1)).toThrow(/another type/);
  });
});
