import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { InputFault } from '../errors/problem';
import { ProblemException } from '../errors/problem.exception';
import { sendContinue } from '../server/expect-continue';
import { duplicateKeys } from './duplicate-keys';
import { parseMediaType } from './media-type';

const BYTE_ORDER_MARK = 0xfeff;
/** More repeated keys than this are not listed, so that an answer stays small. */
const MAX_DUPLICATES_LISTED = 20;
const MAX_PATH_SHOWN = 8;
const MAX_NAME_SHOWN = 64;

/** Reads request bodies as JSON. Called after the guards, so that a refused request costs no reading. */
@Injectable()
export class JsonBodyReader {
  /**
   * The parsed body of at most `limitBytes`; `undefined` where there is none.
   * @throws ProblemException for another media type or encoding, a body that is too large (nothing more of it
   * is buffered), is not JSON or gives a key twice, and where the client goes away
   */
  async read(request: IncomingMessage, limitBytes: number): Promise<unknown> {
    const bytes = await this.readJson(request, limitBytes);
    return bytes.length === 0 ? undefined : this.parse(bytes);
  }

  /** The same, but the rows of an object of one member may be a `RowTable`. */
  async readRows(request: IncomingMessage, limitBytes: number): Promise<unknown> {
    const bytes = await this.readJson(request, limitBytes);
    return bytes.length === 0 ? undefined : this.parseRows(bytes);
  }

  /**
   * The body as it was sent, whatever its type and encoding, of at most `limitBytes`.
   * @throws ProblemException for a larger one, and where the client goes away
   */
  async readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
    if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
    if (request.headers.expect !== undefined) sendContinue(request);
    return this.buffered(request) ?? (await this.collect(request, limitBytes));
  }

  /** The JSON value of these bytes, which are UTF-8, with or without a byte order mark. */
  parse(bytes: Buffer): unknown {
    const text = this.decode(bytes);
    let value: unknown;
    try {
      value = JSON.parse(text) as unknown;
    } catch {
      // The parser's own message quotes the body, and no submitted data may come back.
      throw ProblemException.invalid({
        in: 'body',
        path: [],
        message: 'The body is not valid JSON',
        type: 'json_invalid',
      });
    }
    if (this.mayRepeatKeys(text, value)) {
      const duplicates = duplicateKeys(text, MAX_DUPLICATES_LISTED);
      if (duplicates.length > 0) throw ProblemException.invalid(...duplicates.map(toFault));
    }
    return value;
  }

  /** Such a value, of which the rows of an object of one member may be a `RowTable`. */
  parseRows(bytes: Buffer): unknown {
    return this.parse(bytes);
  }

  /** A body that has arrived already, so that nothing needs to be awaited; `undefined` where that is not known. */
  protected buffered(_request: IncomingMessage): Buffer | undefined {
    return undefined;
  }

  /** The text of these bytes, without a byte order mark. */
  protected decode(bytes: Buffer): string {
    const text = bytes.toString('utf8');
    return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
  }

  /** Whether to look for keys that are given twice, which JSON.parse overlooks. */
  protected mayRepeatKeys(_text: string, _value: unknown): boolean {
    return true;
  }

  private readJson(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
    this.checkHeader(request);
    return this.readBytes(request, limitBytes);
  }

  private checkHeader({ headers }: IncomingMessage): void {
    const type = headers['content-type'];
    if (type !== 'application/json') checkType(type);
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
      throw new ProblemException({ kind: 'unsupported_body', reason: 'content_encoding' });
    }
  }

  private collect(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= limitBytes) {
          chunks.push(chunk);
          return;
        }
        request.removeAllListeners('data');
        reject(tooLarge(limitBytes));
      });
      request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
      request.on('error', (cause) => reject(new ProblemException({ kind: 'aborted' }, { cause })));
    });
  }
}

/** JSON has no parameters of its own (RFC 8259, section 11): others are ignored, but it is UTF-8 only. */
function checkType(header: string | undefined): void {
  const type = header === undefined ? undefined : parseMediaType(header);
  if (type?.essence !== 'application/json') {
    throw new ProblemException({ kind: 'unsupported_body', reason: 'media_type' });
  }
  const charset = type.parameters.get('charset');
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new ProblemException({ kind: 'unsupported_body', reason: 'charset' });
  }
}

function tooLarge(limitBytes: number): ProblemException {
  return new ProblemException({ kind: 'body_too_large', limitBytes });
}

function toFault(path: readonly (string | number)[]): InputFault {
  const shown = path.length > MAX_PATH_SHOWN ? path.slice(0, MAX_PATH_SHOWN) : path;
  return {
    in: 'body',
    path: shown.map((part) => (typeof part === 'string' ? part.slice(0, MAX_NAME_SHOWN) : part)),
    message: 'The field is given more than once',
    type: 'duplicate_key',
  };
}
