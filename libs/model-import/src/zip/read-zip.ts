import { crc32, inflateRawSync } from 'node:zlib';
import { ByteReader } from '../byte-reader';
import { LIMITS } from '../limits';
import { damaged, ModelImportError, overLimit } from '../model-import.error';

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
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * The members of a zip archive by name, stored or deflated (PKWARE APPNOTE 6.3). Sizes are checked before
 * anything is inflated; names are only looked up, never used as paths.
 */
export function readZip(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const members = new Map<string, Uint8Array>();
  let total = 0;
  for (const entry of directory(bytes)) {
    total += entry.size;
    if (total > LIMITS.inflatedBytes) {
      throw overLimit(`inflates to more than ${LIMITS.inflatedBytes} bytes`, entry.offset);
    }
    if (members.has(entry.name)) throw damaged('has two members of one name', entry.offset);
    members.set(entry.name, contentOf(bytes, entry));
  }
  return members;
}

function directory(bytes: Uint8Array): Entry[] {
  const reader = new ByteReader(bytes, endOfDirectory(bytes) + 10);
  const count = reader.uint16();
  if (count > LIMITS.zipMembers) throw overLimit(`has ${count} members`, reader.offset);
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
  const flags = reader.uint16();
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
  if ((flags & ENCRYPTED) !== 0 || (method !== STORED && method !== DEFLATED)) {
    throw new ModelImportError(
      `has a zip member in a form that is not read (method ${method})`,
      'Save it again with skops.io.dump, stored or deflated.',
      { offset: start },
    );
  }
  return { name, method, crc, compressedSize, size, offset };
}

function contentOf(bytes: Uint8Array, entry: Entry): Uint8Array {
  const reader = new ByteReader(bytes, Math.min(entry.offset, bytes.length));
  if (reader.uint32() !== LOCAL_HEADER) throw damaged('has a broken zip member', entry.offset);
  reader.take(22);
  const nameLength = reader.uint16();
  reader.take(reader.uint16() + nameLength);
  const packed = reader.take(entry.compressedSize);
  const content = entry.method === STORED ? packed : inflate(packed, entry);
  if (content.length !== entry.size || crc32(content) !== entry.crc) {
    throw damaged('has a zip member that its checksum contradicts', entry.offset);
  }
  return content;
}

function inflate(packed: Uint8Array, entry: Entry): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
  } catch (cause) {
    const error = damaged('has a zip member that does not inflate to its size', entry.offset);
    error.cause = cause;
    throw error;
  }
}
