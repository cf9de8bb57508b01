import { type ArgumentsHost, Logger, NotFoundException } from '@nestjs/common';
import { LimiterUnavailableException, RateLimitException } from '@inferserve/rate-limit';
import { HttpErrorFilter } from './http-error.filter';
import { ProblemException } from './problem.exception';

interface Answer {
  status?: number;
  body?: string;
  destroyed?: boolean;
  headers: Record<string, unknown>;
}

/** What the filter answers to an error, with a renderer that shows the problem as it is. */
function answerTo(error: unknown, { sent = false, ended = false } = {}): Answer {
  const answer: Answer = { headers: {} };
  const response = {
    headersSent: sent,
    writableEnded: ended,
    getHeader: () => 'id-1',
    setHeader: (name: string, value: unknown) => (answer.headers[name] = value),
    writeHead: (status: number) => (answer.status = status),
    end: (body: string) => (answer.body = body),
    destroy: () => (answer.destroyed = true),
  };
  const request = { headers: {}, complete: true, readableLength: 0 };
  const http = { getRequest: () => request, getResponse: () => response };
  const renderer = { render: (problem: object) => ({ status: 299, body: problem }) };
  new HttpErrorFilter(() => renderer).catch(error, { switchToHttp: () => http } as ArgumentsHost);
  return answer;
}

describe(HttpErrorFilter.name, () => {
  const logged: unknown[][] = [];
  beforeEach(() => {
    logged.length = 0;
    jest.spyOn(Logger.prototype, 'error').mockImplementation((...line) => logged.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  const problemOf = (error: unknown): unknown => JSON.parse(answerTo(error).body!) as unknown;

  test('renders the data that an exception carries', () => {
    const problem = { kind: 'body_too_large', limitBytes: 3 } as const;
    expect(answerTo(new ProblemException(problem))).toMatchObject({ status: 299 });
    expect(problemOf(new ProblemException(problem))).toEqual(problem);
    expect(problemOf(new RateLimitException(10, 60_000, 5))).toEqual({
      kind: 'rate_limited',
      limit: 10,
      windowMs: 60_000,
    });
    expect(problemOf(new LimiterUnavailableException(1))).toEqual({ kind: 'limiter_unavailable' });
    expect(logged).toEqual([]);
  });

  test("keeps Nest's statuses but not its messages, which quote the path", () => {
    expect(problemOf(new NotFoundException('Cannot GET /secret'))).toEqual({
      kind: 'http',
      status: 404,
    });
  });

  test('takes what Express cannot parse for a fault of the client', () => {
    const error = Object.assign(new URIError('%zz'), { status: 400 });
    expect(problemOf(error)).toEqual({ kind: 'malformed_request' });
    expect(logged).toEqual([]);
  });

  test.each([new TypeError('secret'), 'secret', undefined, { status: 404 }])(
    'logs what nobody foresaw, with the request, and says nothing of it: %p',
    (error) => {
      expect(answerTo(error).body).toBe('{"kind":"internal"}');
      expect(logged[0]![0]).toBe('Unexpected error [request id-1]');
    },
  );

  test('ends a response that has begun, unless it is complete', () => {
    expect(answerTo(new Error('x'), { sent: true })).toEqual({ headers: {}, destroyed: true });
    expect(answerTo(new Error('x'), { sent: true, ended: true })).toEqual({ headers: {} });
  });

  test('says what its status needs in the header', () => {
    const overloaded = { kind: 'overloaded', retryAfterSeconds: 2 } as const;
    expect(answerTo(new ProblemException(overloaded)).headers).toEqual({ 'Retry-After': 2 });
    const method = { kind: 'method_not_allowed', allowed: 'POST' } as const;
    expect(answerTo(new ProblemException(method)).headers).toEqual({ Allow: 'POST' });
    const key = { kind: 'unauthorized', reason: 'absent' } as const;
    expect(answerTo(new ProblemException(key)).headers).toEqual({
      'WWW-Authenticate': 'Bearer realm="inferserve"',
    });
  });
});
