import { ModelImportError } from '../bytes/model-import.error';
import { crc32, deflateRawSync } from 'node:zlib';
import { ZipArchive } from './zip-archive';

interface Member {
  readonly name: string;
  readonly content: Buffer;
  readonly deflate?: boolean;
  /** Stated in place of the true size. */
  readonly size?: number;
  readonly flags?: number;
  readonly method?: number;
}

/** A zip archive of local headers, a directory and its end record. */
function zip(members: readonly Member[]): Buffer {
  let offset = 0;
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const { name, content, deflate = false, size, flags = 0, method } of members) {
    const packed = deflate ? deflateRawSync(content) : content;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(method ?? (deflate ? 8 : 0), 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size ?? content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\0\0', 'latin1'), fields, tail, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

const content = Buffer.from('some content, some content');

/** Every member of an archive by name. */
function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const archive = new ZipArchive(bytes);
  return new Map(archive.names.map((name) => [name, archive.read(name)]));
}

describe('ZipArchive', () => {
  it('reads stored and deflated members, behind a comment too', () => {
    const bytes = zip([
      { name: 'a', content },
      { name: 'dir/b', content, deflate: true },
    ]);
    const members = readZip(Buffer.concat([bytes, Buffer.from('comment')]));
    expect([...members.keys()]).toEqual(['a', 'dir/b']);
    for (const member of members.values()) expect(Buffer.from(member)).toEqual(content);
  });

  it.each([
    ['no zip', Buffer.from('PK\x03\x04'), /without a directory/],
    [
      'a size that is too small',
      zip([{ name: 'a', content, deflate: true, size: 3 }]),
      /does not inflate/,
    ],
    ['a size that is too large', zip([{ name: 'a', content, size: 99 }]), /checksum/],
    [
      'sizes beyond the limit',
      zip([{ name: 'a', content, size: 2 ** 31 }]),
      /inflates to more than/,
    ],
    [
      'two members of one name',
      zip([
        { name: 'a', content },
        { name: 'a', content },
      ]),
      /one name/,
    ],
    ['encryption', zip([{ name: 'a', content, flags: 1 }]), /encrypted/],
    ['another method', zip([{ name: 'a', content, method: 12 }]), /method 12/],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => readZip(bytes)).toThrow(reason);
  });

  it('refuses changed content and every truncation', () => {
    const bytes = zip([{ name: 'a', content }]);
    const changed = Buffer.from(bytes);
    changed[40]! ^= 1;
    expect(() => readZip(changed)).toThrow(/checksum/);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readZip(bytes.subarray(0, length))).toThrow(ModelImportError);
    }
  });
});
