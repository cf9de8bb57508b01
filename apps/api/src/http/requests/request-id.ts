import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const SANE_ID = /^[\w.:-]{1,128}$/;
const prefix = randomUUID();
let last = 0;

/** The id of a request: the client's own X-Request-Id if it is sane, else a new one. */
export function requestId(request?: IncomingMessage): string {
  const given = request?.headers['x-request-id'];
  if (typeof given === 'string' && SANE_ID.test(given)) return given;
  last += 1;
  return `${prefix}-${last}`;
}
