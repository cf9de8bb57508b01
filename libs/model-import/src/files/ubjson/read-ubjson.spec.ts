import { ModelImportError } from '../bytes/model-import.error';
import { readUbjson } from './read-ubjson';

const bytes = (...parts: (string | number | readonly number[])[]): Buffer =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === 'string'
        ? Buffer.from(part, 'latin1')
        : Buffer.from([part].flat() as number[]),
    ),
  );
const int64 = (value: number): number[] => [0, 0, 0, 0, 0, 0, value >> 8, value & 255];

describe('readUbjson', () => {
  it.each([
    ['Z', null],
    ['T', true],
    ['F', false],
    [bytes('i', 0xff), -1],
    [bytes('U', 0xff), 255],
    [bytes('I', [0xff, 0xfe]), -2],
    [bytes('l', [0, 1, 0, 0]), 65_536],
    [bytes('L', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfd]), -3],
    [bytes('d', [0x3f, 0xc0, 0, 0]), 1.5],
    [bytes('D', [0x3f, 0xf8, 0, 0, 0, 0, 0, 0]), 1.5],
    [bytes('Ca'), 'a'],
    [bytes('Si', 2, 'ab'), 'ab'],
    [bytes('[i', 1, 'N', 'i', 2, ']'), [1, 2]],
    [bytes('[#i', 2, 'TF'), [true, false]],
    [bytes('[$U#i', 2, [7, 8]), Uint8Array.of(7, 8)],
    [bytes('[$d#L', int64(1), [0x3f, 0xc0, 0, 0]), Float32Array.of(1.5)],
    [bytes('[$l#i', 1, [0, 0, 1, 0]), Int32Array.of(256)],
    [bytes('[$S#i', 1, 'i', 1, 'a'), ['a']],
  ])('reads %j', (content, value) => {
    expect(readUbjson(Buffer.from(content as Buffer))).toEqual(value);
  });

  it('reads objects, whose keys have no type marker, apart from any prototype', () => {
    const document = readUbjson(
      bytes('{L', int64(9), '__proto__', 'i', 1, 'i', 1, 'a', '[]', '}'),
    ) as Record<string, unknown>;
    expect(Object.keys(document)).toEqual(['__proto__', 'a']);
    expect(document['__proto__']).toBe(1);
    expect(Object.getPrototypeOf(document)).toBeNull();
  });

  it.each([
    ['an array of 2^40 elements', bytes('[$d#L', [0, 0, 1, 0, 0, 0, 0, 0]), /more than follow/],
    ['a negative length', bytes('Si', 0xff), /more than follow/],
    ['elements without bytes', bytes('[$T#l', [0x7f, 0xff, 0xff, 0xff]), /without bytes/],
    ['a type without a count', bytes('[$U]'), /without a count/],
    ['an unknown marker', bytes('[Q]'), /unknown UBJSON marker "Q"/],
    ['bytes behind the document', bytes('TT'), /1 bytes after/],
    ['endless nesting', bytes('['.repeat(1000)), /nested too deep/],
    ['an end before the end', bytes('{i', 1, 'a'), /more bytes should follow/],
  ])('refuses %s', (_, content, reason) => {
    expect(() => readUbjson(content)).toThrow(ModelImportError);
    expect(() => readUbjson(content)).toThrow(reason);
  });
});
