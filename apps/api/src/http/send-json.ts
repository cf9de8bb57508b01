import type { ServerResponse } from 'node:http';

/** Ends the response with `body` as JSON. */
export function sendJson(response: ServerResponse, status: number, body: object): void {
  sendJsonText(response, status, JSON.stringify(body));
}

/** Ends the response with a body that is JSON already. */
export function sendJsonText(response: ServerResponse, status: number, text: string): void {
  const bytes = Buffer.byteLength(text);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes,
  });
  // A byte for each character: the same bytes in both encodings, of which this one needs no look at them.
  response.end(text, bytes === text.length ? 'latin1' : 'utf8');
}
