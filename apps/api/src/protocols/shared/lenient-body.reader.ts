import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { JsonBodyReader } from '../../http/body/json-body.reader';
import { parseMediaType } from '../../http/body/media-type';
import { ProblemException } from '../../http/errors/problem.exception';
import { inflate } from './inflate';
import { requestFault } from './request-fault';

/** What clients call a body: Triton's give no type at all, and curl calls everything a form. */
const TYPES = new Set([
  'application/json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
]);

/** What to send where the type of a body is not supported. */
export const SUPPORTED_BODY =
  'Send JSON in UTF-8 with the header Content-Type: application/json, or none.';

/** Reads bodies whatever a client calls their type, compressed or not: protocols with clients of their own need it. */
@Injectable()
export class LenientBodyReader {
  constructor(private readonly bodies: JsonBodyReader) {}

  /**
   * A body of at most `limitBytes`, both as sent and inflated.
   * @param moreTypes media types that are accepted beside those of JSON
   * @throws ProblemException for another type or encoding, and a body that is too large or damaged
   */
  async readBytes(
    request: IncomingMessage,
    limitBytes: number,
    moreTypes: readonly string[] = [],
  ): Promise<Buffer> {
    checkType(request.headers['content-type'], moreTypes);
    const sent = await this.bodies.readBytes(request, limitBytes);
    return inflate(sent, request.headers['content-encoding'], limitBytes);
  }

  /**
   * Such a body as JSON, with rows that may be a `RowTable`.
   * @throws ProblemException as `readBytes` does, and where it is empty or not JSON
   */
  async readRows(request: IncomingMessage, limitBytes: number): Promise<unknown> {
    return this.parseRows(await this.readBytes(request, limitBytes));
  }

  /** @throws ProblemException where the bytes are empty or not JSON */
  parse(bytes: Buffer): unknown {
    return this.bodies.parse(notEmpty(bytes));
  }

  /** The same, with rows that may be a `RowTable`. */
  parseRows(bytes: Buffer): unknown {
    return this.bodies.parseRows(notEmpty(bytes));
  }
}

function notEmpty(bytes: Buffer): Buffer {
  if (bytes.length === 0) throw requestFault([], 'The body is empty', 'missing');
  return bytes;
}

function checkType(header: string | undefined, moreTypes: readonly string[]): void {
  if (header === undefined) return;
  const type = parseMediaType(header);
  if (!type || !(TYPES.has(type.essence) || moreTypes.includes(type.essence))) {
    throw new ProblemException({
      kind: 'unsupported_body',
      reason: 'media_type',
      remedy: SUPPORTED_BODY,
    });
  }
  const charset = type.parameters.get('charset');
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new ProblemException({
      kind: 'unsupported_body',
      reason: 'charset',
      remedy: SUPPORTED_BODY,
    });
  }
}
