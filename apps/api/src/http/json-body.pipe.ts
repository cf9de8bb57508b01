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
import { ServerTiming } from './server-timing';

/** JSON is UTF-8 (RFC 8259, section 8.1). */
const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;
const BYTE_ORDER_MARK = 0xfeff;

/**
 * Reads the body of a request as JSON; `undefined` where there is none.
 * @throws 415 for another media type or a content encoding, 413 beyond the limit (nothing more is buffered),
 * 422 for what is not JSON, 400 where the client goes away
 */
@Injectable()
export class JsonBodyPipe implements PipeTransform<Request, Promise<unknown>> {
  protected readonly limitBytes: number;

  constructor(@Inject(environmentConfig.KEY) { bodyLimitBytes }: Environment) {
    this.limitBytes = bodyLimitBytes;
  }

  async transform(request: Request): Promise<unknown> {
    ServerTiming.end(request, 'limit');
    const { headers } = request;
    const type = headers['content-type'];
    if (type !== 'application/json' && !JSON_TYPE.test(type ?? '')) {
      throw new UnsupportedMediaTypeException({
        detail: 'Send the body as UTF-8 JSON, with the header Content-Type: application/json.',
      });
    }
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
      throw new UnsupportedMediaTypeException({
        detail: 'Send the body without a Content-Encoding.',
      });
    }
    const declared = Number(headers['content-length'] ?? 0);
    if (declared > this.limitBytes) throw this.tooLarge();
    // Usually the body came with the header, and lay there while the limiter decided.
    const whole = request.readableLength === declared ? (request.read() as Buffer | null) : null;
    return parseJson(whole ?? (await this.read(request)));
  }

  private read(request: Request): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= this.limitBytes) {
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
      detail: `The body is larger than ${this.limitBytes} bytes.`,
    });
  }
}

/** The same with the larger limit of batches. */
@Injectable()
export class BatchJsonBodyPipe extends JsonBodyPipe {
  protected override readonly limitBytes: number;

  constructor(@Inject(environmentConfig.KEY) environment: Environment) {
    super(environment);
    this.limitBytes = environment.batchBodyLimitBytes;
  }
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  const text = body.toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text) as unknown;
  } catch {
    // The parser's own message quotes the body, and no submitted data may come back.
    throw new InvalidBodyException([
      { loc: ['body'], msg: 'The body is not valid JSON', type: 'json_invalid' },
    ]);
  }
}
