import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from '../errors/problem';
import type { RequestHooks } from '../requests/request-hooks';

const KINDS = new Map<string | undefined, 'header_too_large' | 'request_timeout'>([
  ['HPE_HEADER_OVERFLOW', 'header_too_large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 'request_timeout'],
]);

/** Answers what Node's parser rejects, in place of Node's empty response, and closes the connection. */
export function rejectUnparsed(
  error: NodeJS.ErrnoException,
  socket: Socket,
  hooks: RequestHooks | undefined,
): void {
  // Node's own default looks at this member too; nothing public tells whether a response has begun.
  const { _httpMessage: current } = socket as { _httpMessage?: ServerResponse | null };
  const canAnswer = socket.writable && error.code !== 'ECONNRESET' && !current?.headersSent;
  if (hooks && canAnswer) {
    const problem: Problem = { kind: KINDS.get(error.code) ?? 'malformed_request' };
    // A fault in the body of a request that is under way, whose handler may still write its own response.
    const id = current?.getHeader('X-Request-Id');
    const answer = hooks.reject(problem, socket.remoteAddress ?? '', id?.toString());
    writeAnswer(socket, answer);
  }
  socket.destroy(error);
}

function writeAnswer(
  socket: Socket,
  { id, status, body }: ReturnType<RequestHooks['reject']>,
): void {
  const text = JSON.stringify(body);
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
      `X-Request-Id: ${id}\r\nX-Content-Type-Options: nosniff\r\n` +
      'Content-Type: application/json; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}
