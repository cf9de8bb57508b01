import type { IncomingMessage } from 'node:http';
import { setEarlyProblem } from './early-problem';

/**
 * Replaces the absolute form of a target by its path (RFC 9112, section 3.2.2), and finds targets and missing
 * Host headers that no router could make sense of.
 */
export function checkRequestTarget(request: IncomingMessage): void {
  const url = request.url!;
  if (url.charCodeAt(0) !== 0x2f && url !== '*' && !toOriginForm(request, url)) {
    request.url = '/';
    setEarlyProblem(request, { kind: 'malformed_request' });
  }
  if (request.headers.host === undefined && request.httpVersion === '1.1') {
    setEarlyProblem(request, { kind: 'malformed_request' });
  }
}

function toOriginForm(request: IncomingMessage, url: string): boolean {
  try {
    const { pathname, search } = new URL(url);
    request.url = pathname + search;
    return true;
  } catch {
    return false;
  }
}
