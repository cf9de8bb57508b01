import fc from 'fast-check';
import { bodyText } from './support/body-arbitraries';
import { exchange, type RawAnswer, rawRequest } from './support/raw-http';
import { type Api, SETOSA, startApi } from './support/start-api';

jest.setTimeout(60_000);

const SEED = 20261123;
const VALID = JSON.stringify(SETOSA);

describe('the server with the fast path against the server without it', () => {
  let fast: Api;
  let plain: Api;
  let clients = 0;
  const variables = { TRUST_PROXY: '1', RATE_LIMIT: '3', BODY_LIMIT: '2kb', SERVER_TIMING: 'true' };
  beforeAll(async () => {
    [fast, plain] = (await Promise.all(
      ['on', 'off'].map((way) => startApi({ ...variables, FAST_PATH: way })),
    )) as [Api, Api];
  });
  afterAll(() => Promise.all([fast.close(), plain.close()]));

  const ask = async (
    api: Api,
    path: string,
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
  ): Promise<RawAnswer | undefined> => {
    const { answers } = await exchange(
      Number(new URL(api.url).port),
      rawRequest(body, headers, path),
      {
        patienceMs: 3_000,
      },
    );
    return answers[0];
  };

  /** What is to be the same: all but what is new in every answer. */
  function comparable(answer: RawAnswer | undefined): object | undefined {
    if (!answer) return undefined;
    const { date, 'x-request-id': id, 'server-timing': timing, ...headers } = answer.headers;
    return {
      ...answer,
      headers,
      hasDate: date !== undefined,
      id: id?.replace(/^[\da-f-]{36}-\d+$/, '(made)').replace(/^[\da-f-]{36}$/, '(made)'),
      stages: timing?.replace(/[\d.]+/g, ''),
    };
  }

  /** Both are asked by a client that neither has seen; no second can pass between the first and the last. */
  async function expectSame(
    path: string,
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
    times = 1,
  ): Promise<number[]> {
    clients += 1;
    const client = `10.${clients >> 16}.${(clients >> 8) & 255}.${clients & 255}`;
    const all = { 'X-Forwarded-For': client, ...headers };
    const statuses: number[] = [];
    for (let i = 0; i < times; i++) {
      const [short, long] = await Promise.all([
        ask(fast, path, body, all),
        ask(plain, path, body, all),
      ]);
      expect(withoutSeconds(comparable(short))).toEqual(withoutSeconds(comparable(long)));
      if (short) statuses.push(short.status);
    }
    return statuses;
  }

  const path = fc.constantFrom(
    '/predict',
    '/predict?include=probabilities',
    '/predict/',
    '/predict/batch',
    '/predict/batch?include=probabilities',
    '/nowhere',
  );
  const headers = fc.record(
    {
      'Content-Type': fc.constantFrom(
        'application/json',
        'application/json; charset=utf-8',
        'text/plain',
        '',
      ),
      'Content-Encoding': fc.constantFrom('identity', 'gzip'),
      'X-Request-Id': fc.constantFrom('mine-1', 'not sane!', ''),
      Connection: fc.constantFrom('close', 'keep-alive'),
      Origin: fc.constant('https://a.example'),
      Accept: fc.constantFrom('text/html', '*/*'),
      'If-None-Match': fc.constant('*'),
      Forwarded: fc.constant('for=1.2.3.4'),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    { weight: 3, arbitrary: fc.constant(VALID) },
    { weight: 5, arbitrary: bodyText },
    {
      weight: 2,
      arbitrary: fc
        .array(bodyText, { maxLength: 4 })
        .map((rows) => `{"instances":[${rows.join()}]}`),
    },
    { weight: 1, arbitrary: fc.constantFrom('', '{', ' ', `"${'x'.repeat(3000)}"`) },
  );

  test('the same status, headers and body', async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(path, body, headers, async (route, text, extra) => {
        const given = Object.fromEntries(
          Object.entries(extra).filter(([, value]) => value !== undefined),
        );
        for (const status of await expectSame(route, Buffer.from(text), given)) seen.add(status);
      }),
      { seed: SEED, numRuns: 150 },
    );
    expect(await expectSame('/predict', Buffer.from(`"${'x'.repeat(3000)}"`), {})).toEqual([413]);
    expect([...seen].sort()).toEqual(expect.arrayContaining([200, 404, 415, 422]));
  });

  test('the same limit', async () => {
    expect(await expectSame('/predict', Buffer.from(VALID), {}, 5)).toEqual([
      200, 200, 200, 429, 429,
    ]);
    expect(await expectSame('/predict/batch', Buffer.from('{"instances":[]}'), {}, 4)).toEqual([
      200, 200, 200, 429,
    ]);
  });

  test('the same in the metrics and in the log', async () => {
    const counts = async (api: Api): Promise<string[]> =>
      (await api.http().get('/metrics')).text
        .split('\n')
        .filter((line) =>
          /^(http_request_duration_seconds_count|inferserve_\w+_total|inferserve_predictions)/.test(
            line,
          ),
        )
        .toSorted();
    expect(await counts(fast)).toEqual(await counts(plain));
    const lines = ({ logLines }: Api): object[] =>
      logLines
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ msg }) => msg === 'request')
        .map(({ time: _time, ms, requestId, ...rest }) => ({
          ...rest,
          hasMs: typeof ms,
          hasId: typeof requestId,
        }));
    expect(lines(fast).length).toBeGreaterThan(140);
    expect(lines(fast)).toEqual(lines(plain));
  });
});

/** Whole seconds until a reset differ by one where a second ends between two requests. */
function withoutSeconds(answer: object | undefined): unknown {
  if (!answer) return answer;
  const { headers, ...rest } = answer as { headers: Record<string, string> };
  const rounded = Object.entries(headers).map(([name, value]) => [
    name,
    ['x-ratelimit-reset', 'retry-after'].includes(name) ? [59, 60].includes(Number(value)) : value,
  ]);
  return { ...rest, headers: Object.fromEntries(rounded) as object };
}
