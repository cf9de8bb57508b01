import type { IncomingMessage, ServerResponse } from 'node:http';

/** Requests whose client waits for `100 Continue` before it sends the body (RFC 9110, section 10.1.1). */
const waiting = new WeakMap<IncomingMessage, ServerResponse>();

/** Holds the `100 Continue` of a request back until something reads its body. */
export function holdContinue(request: IncomingMessage, response: ServerResponse): void {
  waiting.set(request, response);
}

/** Tells a client that waits to send the body; call it right before reading. */
export function sendContinue(request: IncomingMessage): void {
  const response = waiting.get(request);
  if (!response) return;
  waiting.delete(request);
  response.writeContinue();
}

/** Ends the waiting without `100 Continue`, for a final status; whether the client was waiting. */
export function abandonContinue(request: IncomingMessage): boolean {
  return waiting.delete(request);
}
