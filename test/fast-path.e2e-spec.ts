import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parseTable } from '../apps/api/src/http/fast-path/parse-table';
import { bodyText, tableText } from './support/body-arbitraries';
import { binaryInferBody, inferBody } from './support/infer-arbitraries';
import { exchange, type RawAnswer, rawRequest } from './support/raw-http';
import { type Api, SETOSA, startApi } from './support/start-api';

jest.setTimeout(60_000);

const SEED = 20261123;
const VALID = JSON.stringify(SETOSA);

describe('the server with the fast path against the server without it', () => {
  let fast: Api;
  let plain: Api;
  let clients = 0;
  const variables = {
    TRUST_PROXY: '1',
    RATE_LIMIT: '3',
    BODY_LIMIT: '2kb',
    BATCH_BODY_LIMIT: '2kb',
    SERVER_TIMING: 'true',
    PROTOCOLS: 'native,v2,v1,mlflow',
  };
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
    const { port } = new URL(api.url);
    const request = rawRequest(body, headers, path);
    const { answers, text } = await exchange(Number(port), request, { patienceMs: 3_000 });
    // Its bytes as they came, which need not be text.
    return answers[0] && { ...answers[0], body: text.slice(text.indexOf('\r\n\r\n')) };
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
    '/models/iris/predict',
    '/models/iris/versions/1/predict',
    '/models/iris/predict/batch',
    '/models/iris/predict?include=probabilities',
    '/nowhere',
  );
  /** The same model by names that are written otherwise, and names of none. */
  const model = fc.oneof(
    { weight: 6, arbitrary: fc.constant('iris') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('iri', '%69ris', 'Iris', '', '.', '%zz', 'iris:predict'),
    },
  );
  const version = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('', '/versions/1') },
    { weight: 1, arbitrary: fc.constantFrom('/versions/2', '/versions/%31', '/Versions/1') },
  );
  const ending = fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('/', '?a=b', '#', '/batch') },
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

  test('the same for the routes that name a model, in all protocols', async () => {
    const routes = fc.oneof(
      fc.tuple(fc.constantFrom(['/models/', '/predict'] as const), bodyText),
      fc.tuple(fc.constantFrom(['/v2/models/', '/infer'] as const), inferBody),
      fc.tuple(
        fc.constantFrom(['/v1/models/', ':predict'] as const, ['/v1/models/', ''] as const),
        bodyText.map((row) => `{"instances":[${row}]}`),
      ),
      fc.tuple(
        fc.constant('/invocations'),
        bodyText.map((row) => `{"dataframe_records":[${row}]}`),
      ),
    );
    const seen = new Map<string, Set<number>>();
    await fc.assert(
      fc.asyncProperty(
        routes,
        model,
        version,
        ending,
        headers,
        async ([route, text], name, number, end, extra) => {
          const url = typeof route === 'string' ? route : route[0] + name + number + route[1];
          const given = Object.entries(extra).filter(([, each]) => each !== undefined);
          const all = Object.fromEntries(given);
          const family = url.split('/')[1]!;
          for (const status of await expectSame(url + end, Buffer.from(text), all)) {
            seen.set(family, (seen.get(family) ?? new Set()).add(status));
          }
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
    expect([...seen.get('models')!]).toEqual(expect.arrayContaining([200, 404, 415, 422]));
    expect([...seen.get('v2')!]).toEqual(expect.arrayContaining([200, 400, 404, 415]));
    expect([...seen.get('v1')!]).toEqual(expect.arrayContaining([200, 400, 404, 415]));
    expect([...seen.get('invocations')!]).toEqual(expect.arrayContaining([200, 400, 404, 415]));
  });

  test('the same for rows that are written alike, in all protocols', async () => {
    const routes = fc.constantFrom(
      ['/predict/batch', 'instances'] as const,
      ['/predict/batch?include=probabilities', 'instances'] as const,
      ['/v1/models/iris:predict', 'instances'] as const,
      ['/invocations', 'dataframe_records'] as const,
      ['/invocations', 'inputs'] as const,
    );
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(routes, tableText, async ([route, member], rows) => {
        const body = Buffer.from(`{"${member}":${rows}}`);
        const kind = parseTable(body) ? 'table' : 'list';
        for (const status of await expectSame(route, body, {})) seen.add(`${kind} ${status}`);
      }),
      { seed: SEED, numRuns: 300 },
    );
    expect([...seen].sort()).toEqual(['list 200', 'list 400', 'table 200', 'table 400']);
  });

  test('the same for tensors as bytes', async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(binaryInferBody, async ([bytes, length]) => {
        const header = { 'Inference-Header-Content-Length': length };
        const statuses = await expectSame('/v2/models/iris/infer', bytes, header);
        for (const status of statuses) seen.add(status);
      }),
      { seed: SEED, numRuns: 100 },
    );
    expect([...seen].sort()).toEqual([200, 400]);
    const row = Buffer.from(Float64Array.of(5.1, 3.5, 1.4, 0.2).buffer);
    const raw = { 'Inference-Header-Content-Length': '0' };
    expect(await expectSame('/v2/models/iris/infer', row, raw)).toEqual([200]);
    const zipped = gzipSync('{"instances":[[5.1,3.5,1.4,0.2]]}');
    const gzip = { 'Content-Encoding': 'gzip' };
    expect(await expectSame('/v1/models/iris:predict', zipped, gzip)).toEqual([200]);
    const large = Buffer.from(`{"inputs":"${'x'.repeat(3000)}"}`);
    expect(await expectSame('/v2/models/iris/infer', large, {})).toEqual([413]);
  });

  test('the same limit', async () => {
    expect(await expectSame('/predict', Buffer.from(VALID), {}, 5)).toEqual([
      200, 200, 200, 429, 429,
    ]);
    expect(await expectSame('/predict/batch', Buffer.from('{"instances":[]}'), {}, 4)).toEqual([
      200, 200, 200, 429,
    ]);
    const named = await expectSame('/models/iris/predict', Buffer.from(VALID), {}, 5);
    expect(named).toEqual([200, 200, 200, 429, 429]);
    const infer = await expectSame('/v2/models/iris/infer', Buffer.from('{}'), {}, 5);
    expect(infer).toEqual([400, 400, 400, 429, 429]);
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
