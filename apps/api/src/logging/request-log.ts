import type { Logger } from 'pino';
import { isoTime } from './iso-time';

/** What the log says of a request. */
export interface RequestLine {
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  /** The network of the client, not its address: digits, dots, colons and a slash. */
  readonly client: string;
  readonly traceId: string | undefined;
}

/** Writes the line of a request. */
export type RequestLog = (line: RequestLine) => void;

/** Lines through the logger, in whatever form it prints. */
export function requestLogThrough(logger: Logger): RequestLog {
  return (line) => logger.info(line, 'request');
}

/**
 * The same JSON as the logger's, put together by hand: no member can hold a character that JSON would
 * escape, and at one line a request the logger's general way is a tenth of the request.
 */
export function requestLogTo(stream: { write(text: string): unknown }): RequestLog {
  return ({ requestId, method, route, status, ms, client, traceId }) => {
    const trace = traceId === undefined ? '' : `,"traceId":"${traceId}"`;
    stream.write(
      `{"level":"info"${isoTime()},"requestId":"${requestId}","method":"${method}","route":"${route}",` +
        `"status":${status},"ms":${ms},"client":"${client}"${trace},"msg":"request"}\n`,
    );
  };
}
