import { isAscii } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { JsonBodyReader } from '../body/json-body.reader';
import { mayRepeatKeys } from './may-repeat-keys';
import { parseTable } from './parse-table';

/** Takes a body that arrived with its header in one piece, reads rows without objects, and scans for repeated keys on suspicion only. */
@Injectable()
export class FastJsonBodyReader extends JsonBodyReader {
  /** The body has usually been buffered already, while the rate limiter was deciding. */
  protected override buffered(request: IncomingMessage): Buffer | undefined {
    const declared = Number(request.headers['content-length'] ?? 0);
    if (request.readableLength !== declared) return undefined;
    return (request.read() as Buffer | null) ?? undefined;
  }

  override parseRows(bytes: Buffer): unknown {
    const table = parseTable(bytes);
    return table ? { [table.member]: table.rows } : this.parse(bytes);
  }

  /** ASCII, the ordinary case, is copied instead of decoded. */
  protected override decode(bytes: Buffer): string {
    return isAscii(bytes) ? bytes.toString('latin1') : super.decode(bytes);
  }

  protected override mayRepeatKeys(text: string, value: unknown): boolean {
    return mayRepeatKeys(text, value);
  }
}
