import { pino } from 'pino';
import { type RequestLine, requestLogThrough } from '../../logging/request-log';
import { fastRequestLog } from './fast-request-log';
import { isoTime } from './iso-time';

describe(fastRequestLog.name, () => {
  test.each([
    [undefined, undefined],
    ['4bf92f3577b34da6a3ce929d0e0e4736', 'mobile.app-1'],
  ])('writes the same bytes as pino (trace %s, API key of %s)', (traceId, apiKey) => {
    jest.useFakeTimers({ now: Date.UTC(2026, 10, 23, 1, 2, 3, 45) });
    const line: RequestLine = {
      requestId: 'my-id.1',
      method: 'POST',
      route: '/predict',
      status: 200,
      ms: 0.123,
      client: '203.0.113.0/24',
      traceId,
      apiKey,
    };
    const texts: string[] = [];
    const stream = { write: (text: string) => texts.push(text) };
    const options = {
      base: undefined,
      timestamp: isoTime,
      formatters: { level: (level: string) => ({ level }) },
    };
    requestLogThrough(pino(options, stream))(line);
    fastRequestLog(stream)(line);
    jest.useRealTimers();
    expect(texts[1]).toBe(texts[0]);
    expect(JSON.parse(texts[0]!)).toMatchObject({ time: '2026-11-23T01:02:03.045Z' });
  });
});
