import { STATUS_CODES } from 'node:http';
import { nativeErrors } from '../../protocols/native/native-errors';
import type { Problem } from './problem';
import { problemMessage } from './problem-message';

const limited = (limit: number, windowMs: number): string =>
  problemMessage({ kind: 'rate_limited', limit, windowMs });

describe(problemMessage.name, () => {
  test.each([
    [10, 60_000, '10 requests per minute'],
    [1, 1_000, '1 request per second'],
    [5, 3_600_000, '5 requests per hour'],
    [5, 86_400_000, '5 requests per day'],
    [3, 90_000, '3 requests per 90 seconds'],
  ])('%d in %d ms: %s', (limit, windowMs, words) => {
    expect(limited(limit, windowMs)).toBe(
      `Rate limit exceeded. Please try again later. Limit is ${words}.`,
    );
  });
});

describe('nativeErrors', () => {
  test.each<[Problem, number, unknown]>([
    [{ kind: 'body_too_large', limitBytes: 7 }, 413, 'The body is larger than 7 bytes.'],
    [{ kind: 'overloaded', retryAfterSeconds: 1 }, 503, expect.stringContaining('overloaded')],
    [{ kind: 'method_not_allowed', allowed: 'POST' }, 405, 'Method not allowed; use POST.'],
    [{ kind: 'http', status: 404 }, 404, STATUS_CODES[404]],
    [{ kind: 'internal' }, 500, 'Internal server error'],
    [{ kind: 'header_too_large' }, 431, expect.any(String)],
    [{ kind: 'request_timeout' }, 408, expect.any(String)],
    [
      {
        kind: 'invalid_input',
        faults: [{ in: 'query', path: ['include'], message: 'm', type: 't' }],
      },
      422,
      [{ loc: ['query', 'include'], msg: 'm', type: 't' }],
    ],
  ])('%j', (problem, status, detail) => {
    expect(nativeErrors.render(problem)).toEqual({ status, body: { detail } });
  });

  test('what is not ready has its details', () => {
    const problem: Problem = { kind: 'not_ready', failing: ['model', 'x'], details: { a: 1 } };
    expect(nativeErrors.render(problem)).toEqual({
      status: 503,
      body: { detail: 'Not ready: model, x', status: 'error', details: { a: 1 } },
    });
  });
});
