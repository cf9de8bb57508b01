import type { ServerResponse } from 'node:http';
import { JsonText } from './json-text';

/** Ends the response with `body` as JSON. */
export function sendJson(response: ServerResponse, status: number, body: object): void {
  const text = body instanceof JsonText ? body.text : JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
