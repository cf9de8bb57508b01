import type { IncomingMessage, ServerResponse } from 'node:http';
import { abandonContinue } from '../server/expect-continue';
import { sendJson } from '../send-json';
import type { ErrorRenderer } from './error-renderer';
import type { Problem } from './problem';

/** An unread body beyond this is not worth reading to keep a connection. */
const MAX_DRAINED_BYTES = 64 * 1024;

/** RFC 6750, section 3: an error is named only where a token was sent. */
const CHALLENGES = {
  absent: 'Bearer realm="inferserve"',
  unknown: 'Bearer realm="inferserve", error="invalid_token"',
} as const;

/** Answers a request with a problem. What is unread of its body is dropped, or its connection closed. */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  problem: Problem,
  { render }: ErrorRenderer,
): void {
  if (response.headersSent) {
    if (!response.writableEnded) response.destroy();
    return;
  }
  if (problem.kind === 'overloaded') response.setHeader('Retry-After', problem.retryAfterSeconds);
  if (problem.kind === 'method_not_allowed') response.setHeader('Allow', problem.allowed);
  if (problem.kind === 'unauthorized') {
    response.setHeader('WWW-Authenticate', CHALLENGES[problem.reason]);
  }
  disposeOfBody(request, response);
  const { status, body } = render(problem);
  sendJson(response, status, body);
}

/** Drains the unread body so that the connection can be reused; closes the connection if that is not worth it. */
function disposeOfBody(request: IncomingMessage, response: ServerResponse): void {
  // A client that waits for 100 Continue may or may not send the body after this answer.
  if (abandonContinue(request)) {
    response.setHeader('Connection', 'close');
    return;
  }
  const declared = Number(request.headers['content-length'] ?? Infinity);
  if (request.readableLength === declared) request.read();
  else if (!request.complete && declared > MAX_DRAINED_BYTES) {
    response.setHeader('Connection', 'close');
  }
}
