import type { RequestLog } from '../../logging/request-log';
import { isoTime } from './iso-time';

/**
 * The same JSON as the logger's, composed by hand: no member can hold a character that JSON would escape, and
 * at one line per request the logger's general way takes a tenth of the request.
 */
export function fastRequestLog(stream: { write(text: string): unknown }): RequestLog {
  return ({ requestId, method, route, status, ms, client, traceId, apiKey }) => {
    const trace = traceId === undefined ? '' : `,"traceId":"${traceId}"`;
    const key = apiKey === undefined ? '' : `,"apiKey":"${apiKey}"`;
    stream.write(
      `{"level":"info"${isoTime()},"requestId":"${requestId}","method":"${method}","route":"${route}",` +
        `"status":${status},"ms":${ms},"client":"${client}"${trace}${key},"msg":"request"}\n`,
    );
  };
}
