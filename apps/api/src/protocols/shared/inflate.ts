import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { ProblemException } from '../../http/errors/problem.exception';
import { requestFault } from './request-fault';

type Inflate = (bytes: Buffer, options: zlib.ZlibOptions) => Promise<Buffer>;

const gunzip: Inflate = promisify(zlib.gunzip);
const inflateZlib: Inflate = promisify(zlib.inflate);
const inflateRaw: Inflate = promisify(zlib.inflateRaw);

/**
 * The body behind a Content-Encoding of gzip or deflate, of at most `limitBytes`.
 * @throws ProblemException for another encoding, what inflates to more, and what is damaged
 */
export async function inflate(
  bytes: Buffer,
  encoding: string | undefined,
  limitBytes: number,
): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity' || name === '') return bytes;
  const decode = decoderOf(name, bytes);
  try {
    return await decode(bytes, { maxOutputLength: limitBytes });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new ProblemException({ kind: 'body_too_large', limitBytes }, { cause });
    }
    throw requestFault([], `The body is not valid ${name}`, 'encoding');
  }
}

function decoderOf(name: string, bytes: Buffer): Inflate {
  if (name === 'gzip' || name === 'x-gzip') return gunzip;
  // The name stands for zlib's format (RFC 9110, section 8.4.1.2), but bare deflate is sent under it too.
  if (name === 'deflate') return hasZlibHeader(bytes) ? inflateZlib : inflateRaw;
  throw new ProblemException({
    kind: 'unsupported_body',
    reason: 'content_encoding',
    remedy: 'Send the body with the Content-Encoding gzip or deflate, or with none.',
  });
}

/** RFC 1950, section 2.2. */
function hasZlibHeader(bytes: Buffer): boolean {
  return bytes.length >= 2 && (bytes[0]! & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}
