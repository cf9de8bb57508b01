import { exchange, type RawExchange, rawRequest } from './support/raw-http';
import { SETOSA } from './support/setosa';
import { type Api, startApi } from './support/start-api';

const VALID = JSON.stringify(SETOSA);
const OTHER = '"petal_length":6.5,"petal_width":2.4';

let api: Api;
beforeAll(async () => {
  api = await startApi({ RATE_LIMIT: '10000', TRUST_PROXY: '1' });
});
afterAll(() => api.close());

const send = (
  bytes: Uint8Array | readonly Uint8Array[],
  server = api,
  expected = 1,
): Promise<RawExchange> =>
  exchange(Number(new URL(server.url).port), bytes, { expect: expected, patienceMs: 400 });
const head = (...lines: readonly string[]): Buffer =>
  Buffer.from(`${['POST /predict HTTP/1.1', ...lines].join('\r\n')}\r\n\r\n`, 'latin1');

describe('Content-Type', () => {
  test.each([
    'application/json;',
    'application/json; charset=utf-8;',
    'application/json; odata.metadata=minimal',
    'application/json ; charset="utf8" ; v=1',
    'application/json;IEEE754Compatible=true;;charset=UTF-8',
  ])('200 for %s: JSON gives parameters no meaning', async (type) => {
    expect((await api.predict(SETOSA, { 'content-type': type })).status).toBe(200);
  });

  test.each([
    'application/json; charset=latin1',
    'application/json; charset=utf-16le; v=1',
    'application/json; charset',
    'application/json charset=utf-8',
    'application/problem+json',
  ])('415 for %s', async (type) => {
    const { status, body } = await api.predict(SETOSA, { 'content-type': type });
    expect([status, Object.keys(body)]).toEqual([415, ['detail']]);
  });
});

describe('a key that is given twice', () => {
  const fault = (...loc: readonly (string | number)[]) => ({
    loc: ['body', ...loc],
    msg: 'The field is given more than once',
    type: 'duplicate_key',
  });

  test.each([
    ['two good values', `${VALID.slice(0, -1)},${OTHER}}`, ['petal_length', 'petal_width']],
    ['a bad and a good one', `{"sepal_length":"x",${VALID.slice(1)}`, ['sepal_length']],
    ['the same value', `{"sepal_length":5.1,${VALID.slice(1)}`, ['sepal_length']],
    ['an escape', `{"\\u0073epal_length":5.1,${VALID.slice(1)}`, ['sepal_length']],
    ['an unknown key', `{"a:b":1,"a:b":1,${VALID.slice(1)}`, ['a:b']],
    ['__proto__', `{"__proto__":1,"__proto__":1,${VALID.slice(1)}`, ['__proto__']],
  ])('422 for %s', async (_, body, names) => {
    const response = await api.predict(body);
    expect(response.status).toBe(422);
    expect(response.body).toEqual({ detail: names.map((name) => fault(name)) });
  });

  test('422 for a batch, with the place of each', async () => {
    const twice = `{"sepal_length":1,${VALID.slice(1)}`;
    const response = await api
      .http()
      .post('/predict/batch')
      .set('content-type', 'application/json')
      .send(`{"instances":[${VALID},${twice},${VALID}],"instances":[${VALID}]}`);
    expect(response.status).toBe(422);
    expect(response.body).toEqual({
      detail: [fault('instances', 1, 'sepal_length'), fault('instances')],
    });
  });

  test('names of the same fields in several rows, and colons in text, are no repetition', async () => {
    const response = await api
      .http()
      .post('/predict/batch')
      .set('content-type', 'application/json')
      .send(`{"instances":[${VALID},{"x":"a:\\"b\\":"},${VALID}]}`);
    expect(response.status).toBe(200);
    expect(response.body.predictions).toHaveLength(3);
  });

  test('no more are listed than fit an answer', async () => {
    const many = Array(500).fill('"x":1').join();
    const { body } = await api.predict(`{${many}}`);
    expect(body.detail).toHaveLength(20);
  });
});

describe('Expect: 100-continue', () => {
  const JSON_TYPE = 'Content-Type: application/json';
  const waiting = (type: string, length: number, ...more: readonly string[]): Buffer =>
    head('Host: x', type, `Content-Length: ${length}`, 'Expect: 100-continue', ...more);

  test('goes on where limit and header allow the body', async () => {
    const { text, answers } = await send([waiting(JSON_TYPE, VALID.length), Buffer.from(VALID)]);
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    expect(answers[0]!.body).toBe('{"predicted_class":"setosa"}');
  });

  test.each([
    ['a body that is too large', waiting(JSON_TYPE, 99_999_999), 413],
    ['another type', waiting('Content-Type: text/csv', VALID.length), 415],
    ['an encoding', waiting(JSON_TYPE, VALID.length, 'Content-Encoding: gzip'), 415],
  ])('the final status at once for %s', async (_, request, status) => {
    const { text, answers, closedByServer } = await send(request, api, 2);
    expect(text).not.toContain('100 Continue');
    expect(answers.map((answer) => answer.status)).toEqual([status]);
    // The client may or may not send the body now: the connection cannot be used again.
    expect(answers[0]!.headers['connection']).toBe('close');
    expect(closedByServer).toBe(true);
  });

  test('429 at once for a client over the limit, whose body is never asked for', async () => {
    const limited = await startApi({ RATE_LIMIT: '1' });
    const request = waiting(JSON_TYPE, VALID.length);
    expect((await send([request, Buffer.from(VALID)], limited)).answers[0]!.status).toBe(200);
    const { text, answers } = await send(request, limited);
    expect(text).not.toContain('100 Continue');
    expect(answers[0]!.status).toBe(429);
    await limited.close();
  });

  test('404 at once for a route that is not there', async () => {
    const request = Buffer.from(
      'POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n',
    );
    const { text, answers } = await send(request);
    expect(text).not.toContain('100 Continue');
    expect(answers[0]!.status).toBe(404);
  });
});

describe("errors of Node's own parser", () => {
  test.each([
    ['no Host', head('Content-Length: 0'), 400, 'The request is malformed.'],
    ['both lengths', head('Host: x', 'Content-Length: 2', 'Transfer-Encoding: chunked'), 400],
    ['a header of 9 kB', head('Host: x', `Cookie: ${'c'.repeat(9_000)}`), 431],
    ['no request at all', Buffer.from('\x16\x03\x01\x02\x00\x01\r\n\r\n'), 400],
    ['a method that is none', Buffer.from('GETS / HTTP/1.1\r\nHost: x\r\n\r\n'), 400],
  ])('%s: a body and an id like any other error', async (_, request, status, detail = '') => {
    const { answers, closedByServer } = await send(request, api, 2);
    expect(answers.map((answer) => answer.status)).toEqual([status]);
    const [{ headers, body }] = answers as [(typeof answers)[number]];
    expect(JSON.parse(body)).toEqual({ detail: expect.stringMatching(/\.$/) });
    expect(body).toContain(detail);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[\da-f-]{36}-\d+$/),
    });
    if (status !== 400 || detail === '') expect(closedByServer).toBe(true);
    expect(api.logLines.some((line) => line.includes(headers['x-request-id']!))).toBe(true);
  });

  test('an expectation that is none: 417', async () => {
    const { answers } = await send(rawRequest(VALID, { Expect: 'banana', 'X-Request-Id': 'mine' }));
    const [{ status, headers, body }] = answers as [(typeof answers)[number]];
    expect([status, headers['x-request-id']]).toEqual([417, 'mine']);
    expect(Object.keys(JSON.parse(body) as object)).toEqual(['detail']);
  });

  test('a chunk that is none, in a body that is being read: 400 with the id of the request', async () => {
    const request = head(
      'Host: x',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
      'X-Request-Id: chunky',
    );
    const { answers } = await send([request, Buffer.from('2\r\n{}\r\nnope\r\n')]);
    expect(answers.map(({ status }) => status)).toEqual([400]);
    expect(answers[0]!.headers['x-request-id']).toBe('chunky');
    expect(JSON.parse(answers[0]!.body)).toEqual({ detail: 'The request is malformed.' });
    expect((await api.predict()).status).toBe(200);
  });
});

describe('behind a path prefix', () => {
  test('the document names a server relative to itself', async () => {
    const { servers } = (await api.http().get('/docs-json')).body as { servers: [{ url: string }] };
    const at = (page: string) => new URL(servers[0].url, `https://example.com${page}`).pathname;
    expect([at('/docs'), at('/ml/docs'), at('/ml/docs-json')]).toEqual(['/', '/ml/', '/ml/']);
  });

  test.each(['/docs/', '/docs/index.html', '/docs/?a=b'])(
    '%s leads to the one address of the page, relatively',
    async (path) => {
      const { status, headers } = await api.http().get(path);
      expect(status).toBe(301);
      const target = new URL(headers['location']!, `https://example.com/ml${path}`);
      expect(target.pathname).toBe('/ml/docs');
    },
  );

  test('the page and what belongs to it are there', async () => {
    for (const path of ['/docs', '/docs/swagger-ui-bundle.js', '/docs/swagger-ui-init.js']) {
      expect((await api.http().get(path)).status).toBe(200);
    }
  });
});

describe('the warm-up', () => {
  test('has answered predictions before the port opened, and left no trace', async () => {
    const fresh = await startApi({ RATE_LIMIT: '1' });
    expect(fresh.logLines.filter((line) => /warm-up|"msg":"request"/.test(line))).toEqual([]);
    const { text } = await fresh.http().get('/metrics');
    expect(text).not.toContain('http_request_duration_seconds_count{');
    expect(text).not.toMatch(/inferserve_(predictions|rate_limit_decisions)_total\{.*\} [1-9]/);
    expect((await fresh.predict()).status).toBe(200);
    expect((await fresh.predict()).status).toBe(429);
    await fresh.close();
  });
});
