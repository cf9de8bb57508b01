import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { parseMediaType } from '../../../http/body/media-type';
import { JsonBodyReader } from '../../../http/body/json-body.reader';
import { ProblemException } from '../../../http/errors/problem.exception';
import { requestFault } from '../request-fault';
import { inflate } from './inflate';

/** Header with the number of bytes that JSON takes, before the binary data; Triton's extension. */
export const JSON_LENGTH_HEADER = 'Inference-Header-Content-Length';

/** What clients call a body: Triton's give no type at all, and curl calls everything a form. */
const TYPES = new Set([
  'application/json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
]);

/** What to send where the type of a body is not supported. */
export const SUPPORTED_BODY =
  'Send JSON in UTF-8 with the header Content-Type: application/json, or none.';

/** A request body, taken apart. */
export interface InferenceBody {
  /** The parsed JSON part; absent where the body is one raw tensor. */
  readonly json?: unknown;
  /** What follows the JSON part; absent where the request has no binary data. */
  readonly binary?: Buffer;
}

/** Reads request bodies of the Open Inference Protocol. */
@Injectable()
export class InferenceBodyReader {
  constructor(private readonly bodies: JsonBodyReader) {}

  /**
   * A body of at most `limitBytes`, both as sent and inflated.
   * @throws ProblemException for another type or encoding, a body that is too large or damaged, or not JSON
   */
  async read(request: IncomingMessage, limitBytes: number): Promise<InferenceBody> {
    checkType(request.headers['content-type']);
    const sent = await this.bodies.readBytes(request, limitBytes);
    const bytes = await inflate(sent, request.headers['content-encoding'], limitBytes);
    const jsonLength = jsonLengthOf(request, bytes.length);
    if (jsonLength === 0) return { binary: bytes };
    const json = bytes.subarray(0, jsonLength);
    if (json.length === 0) throw requestFault([], 'The body is empty', 'missing');
    return {
      json: this.bodies.parse(json),
      ...(jsonLength !== undefined && { binary: bytes.subarray(jsonLength) }),
    };
  }
}

function checkType(header: string | undefined): void {
  if (header === undefined) return;
  const type = parseMediaType(header);
  if (!type || !TYPES.has(type.essence)) {
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

function jsonLengthOf({ headers }: IncomingMessage, bodyLength: number): number | undefined {
  const text = headers[JSON_LENGTH_HEADER.toLowerCase()];
  if (text === undefined) return undefined;
  const length = typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : Infinity;
  if (length <= bodyLength) return length;
  const message = `The header ${JSON_LENGTH_HEADER} should be a whole number, at most the ${bodyLength} bytes of the body`;
  throw requestFault([], message, 'binary_size');
}
