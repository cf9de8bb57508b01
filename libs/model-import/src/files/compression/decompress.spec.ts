import { deflateSync, gzipSync } from 'node:zlib';
import { inflatedLimit } from '../bytes/file-limits';
import { compressionOf, decompress } from './decompress';

describe('compressionOf', () => {
  it('knows what is read by its first bytes', () => {
    for (const level of [0, 1, 3, 6, 9]) {
      expect(compressionOf(deflateSync(Buffer.from('x'), { level }))).toBe('zlib');
    }
    expect(compressionOf(gzipSync(Buffer.from('x')))).toBe('gzip');
    expect(compressionOf(Buffer.from([0x80, 4]))).toBeUndefined();
    expect(compressionOf(Buffer.from('x\n'))).toBeUndefined();
  });

  it.each([
    ['bz2', 'BZh91AY'],
    ['xz', '\xfd7zXZ\0'],
    ['lzma', '\x5d\0\0\x80'],
    ['lz4', '\x04"M\x18'],
    ['zstd', '\x28\xb5\x2f\xfd'],
    ['ZF', 'ZF0x1a'],
  ])('refuses %s by name and says the remedy', (name, start) => {
    expect(() => compressionOf(Buffer.from(start, 'latin1'))).toThrow(name);
    expect(() => compressionOf(Buffer.from(start, 'latin1'))).toThrow('compress=3');
  });
});

describe('decompress', () => {
  const content = Buffer.from('some content, some content');

  it.each([
    ['zlib', deflateSync(content)],
    ['gzip', gzipSync(content)],
  ] as const)('inflates %s, and nothing that is cut, longer or changed', (compression, bytes) => {
    expect(Buffer.from(decompress(bytes, compression))).toEqual(content);
    expect(() => decompress(bytes.subarray(0, -1), compression)).toThrow(/broken or truncated/);
    expect(() => decompress(Buffer.concat([bytes, Buffer.from('x')]), compression)).toThrow(
      /bytes after the end|broken or truncated/,
    );
    const changed = Buffer.from(bytes);
    changed[12]! ^= 0xff;
    expect(() => decompress(changed, compression)).toThrow(/broken or truncated/);
  });

  it('stops at the limit', () => {
    const bomb = deflateSync(Buffer.alloc(inflatedLimit(1) + 1));
    expect(() => decompress(bomb, 'zlib')).toThrow(/inflates to more than/);
  });
});
