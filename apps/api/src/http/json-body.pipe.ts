import {
  BadRequestException,
  Inject,
  Injectable,
  PayloadTooLargeException,
  type PipeTransform,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { Request } from 'express';
import { type Environment, environmentConfig } from '../environment';
import { InvalidBodyException } from './invalid-body.exception';

/** JSON is UTF-8 (RFC 8259, section 8.1); parameters other than that charset are not known. */
const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;

/**
 * Reads the body of a request as JSON; `undefined` where there is none.
 * @throws 415 for another media type or a content encoding, 413 beyond BODY_LIMIT (before it is buffered),
 * 422 for what is not JSON, 400 where the client goes away
 */
@Injectable()
export class JsonBodyPipe implements PipeTransform<Request, Promise<unknown>> {
  private readonly limit: number;

  constructor(@Inject(environmentConfig.KEY) { bodyLimitBytes }: Environment) {
    this.limit = bodyLimitBytes;
  }

  async transform(request: Request): Promise<unknown> {
    const { headers } = request;
    if (!JSON_TYPE.test(headers['content-type'] ?? '')) {
      throw new UnsupportedMediaTypeException({
        detail: 'Send the body as UTF-8 JSON, with the header Content-Type: application/json.',
      });
    }
    if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
      throw new UnsupportedMediaTypeException({
        detail: 'Send the body without a Content-Encoding; it is too small to gain from one.',
      });
    }
    if (Number(headers['content-length'] ?? 0) > this.limit) throw this.tooLarge();
    return parseJson(await this.read(request));
  }

  private read(request: Request): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= this.limit) {
          chunks.push(chunk);
          return;
        }
        request.removeAllListeners('data');
        reject(this.tooLarge());
      });
      request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
      request.on('error', (cause) =>
        reject(new BadRequestException({ detail: 'The request ended early.' }, { cause })),
      );
    });
  }

  private tooLarge(): PayloadTooLargeException {
    return new PayloadTooLargeException({
      detail: `The body is larger than ${this.limit} bytes.`,
    });
  }
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    const text = body.toString('utf8');
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) as unknown;
  } catch {
    // The parser's own message quotes the body, and no submitted data may come back.
    throw new InvalidBodyException([
      { loc: ['body'], msg: 'The body is not valid JSON', type: 'json_invalid' },
    ]);
  }
}
