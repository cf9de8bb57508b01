import { crc32, inflateRawSync } from 'node:zlib';
import { ByteReader } from '../bytes/byte-reader';
import { damaged } from '../bytes/damaged';
import { FILE_LIMITS, inflatedLimit } from '../bytes/file-limits';
import { ModelImportError } from '../bytes/model-import.error';
import { overLimit } from '../bytes/over-limit';
import { printable } from '../bytes/printable';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_LENGTH = 22;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * A zip archive of stored and deflated members (PKWARE APPNOTE 6.3). A member is inflated when it is asked for,
 * after its size was checked; names are only looked up, never used as paths.
 */
export class ZipArchive {
  private readonly entries = new Map<string, Entry>();
  private readonly limit: number;
  private inflated = 0;

  /** @throws ModelImportError for an archive without a sound directory */
  constructor(private readonly bytes: Uint8Array) {
    this.limit = inflatedLimit(bytes.length);
    for (const entry of directory(bytes)) {
      if (this.entries.has(entry.name)) throw damaged('has two members of one name', entry.offset);
      this.entries.set(entry.name, entry);
    }
  }

  get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** @throws ModelImportError for a member that is missing, damaged, or beyond the limit of all members together */
  read(name: string): Uint8Array {
    const entry = this.entries.get(name);
    if (!entry) throw damaged(`has no member "${printable(name)}"`);
    this.inflated += entry.size;
    if (this.inflated > this.limit) {
      throw overLimit(`inflates to more than ${this.limit} bytes`, entry.offset);
    }
    return contentOf(this.bytes, entry);
  }
}

function directory(bytes: Uint8Array): Entry[] {
  const reader = new ByteReader(bytes, endOfDirectory(bytes) + 10);
  const count = reader.uint16();
  if (count > FILE_LIMITS.zipMembers) throw overLimit(`has ${count} members`, reader.offset);
  reader.uint32();
  reader.offset = reader.uint32();
  return Array.from({ length: count }, () => readEntry(reader));
}

/** The end record stands last, before a comment of at most 65,535 bytes. */
function endOfDirectory(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lowest = Math.max(0, bytes.length - END_LENGTH - 0xffff);
  for (let at = bytes.length - END_LENGTH; at >= lowest; at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw damaged('is a zip archive without a directory', bytes.length);
}

function readEntry(reader: ByteReader): Entry {
  const start = reader.offset;
  if (reader.remaining < 0 || reader.uint32() !== DIRECTORY_ENTRY) {
    throw damaged('has a broken zip directory', start);
  }
  reader.take(4);
  const encrypted = (reader.uint16() & ENCRYPTED) !== 0;
  const method = reader.uint16();
  reader.take(4);
  const crc = reader.uint32();
  const compressedSize = reader.uint32();
  const size = reader.uint32();
  const nameLength = reader.uint16();
  const extraLength = reader.uint16() + reader.uint16();
  reader.take(8);
  const offset = reader.uint32();
  const name = reader.utf8(nameLength);
  reader.take(extraLength);
  return { name, method, encrypted, crc, compressedSize, size, offset };
}

function contentOf(bytes: Uint8Array, entry: Entry): Uint8Array {
  const { method, encrypted, offset } = entry;
  if (encrypted || (method !== STORED && method !== DEFLATED)) {
    throw new ModelImportError(
      encrypted
        ? 'has an encrypted zip member'
        : `has a zip member compressed by method ${method}, which is not supported`,
      'Save it again with its members stored or deflated.',
      { offset },
    );
  }
  const reader = new ByteReader(bytes, Math.min(offset, bytes.length));
  if (reader.uint32() !== LOCAL_HEADER) throw damaged('has a broken zip member', offset);
  reader.take(22);
  const nameLength = reader.uint16();
  reader.take(reader.uint16() + nameLength);
  const packed = reader.take(entry.compressedSize);
  const content = method === STORED ? packed : inflate(packed, entry);
  if (content.length !== entry.size || crc32(content) !== entry.crc) {
    throw damaged('has a zip member that its checksum contradicts', offset);
  }
  return content;
}

function inflate(packed: Uint8Array, entry: Entry): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
  } catch (cause) {
    throw damaged('has a zip member that does not inflate to its size', entry.offset, cause);
  }
}
