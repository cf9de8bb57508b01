import type { Logger } from 'pino';

/** What the log says about a request. */
export interface RequestLine {
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  /** The network of the client, not its address: digits, dots, colons and a slash. */
  readonly client: string;
  readonly traceId: string | undefined;
  /** The name of the client, where it sent an API key: letters, digits, dots, underscores and hyphens. */
  readonly apiKey?: string;
}

/** Writes the line of a request. */
export type RequestLog = (line: RequestLine) => void;

/** Lines through the logger, in whatever form it prints. */
export function requestLogThrough(logger: Logger): RequestLog {
  return (line) => logger.info(line, 'request');
}
