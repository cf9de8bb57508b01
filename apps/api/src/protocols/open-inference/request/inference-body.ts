import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { LenientBodyReader } from '../../shared/lenient-body.reader';
import { requestFault } from '../../shared/request-fault';

/** Header with the number of bytes that JSON takes, before the binary data; Triton's extension. */
export const JSON_LENGTH_HEADER = 'Inference-Header-Content-Length';

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
  constructor(private readonly lenient: LenientBodyReader) {}

  /**
   * A body of at most `limitBytes`, both as sent and inflated.
   * @throws ProblemException for another type or encoding, a body that is too large or damaged, or not JSON
   */
  async read(request: IncomingMessage, limitBytes: number): Promise<InferenceBody> {
    const bytes = await this.lenient.readBytes(request, limitBytes);
    const jsonLength = jsonLengthOf(request, bytes.length);
    if (jsonLength === 0) return { binary: bytes };
    const json = bytes.subarray(0, jsonLength);
    return {
      json: this.lenient.parse(json),
      ...(jsonLength !== undefined && { binary: bytes.subarray(jsonLength) }),
    };
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
