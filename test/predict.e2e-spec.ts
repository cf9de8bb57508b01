import { irisReference } from './support/reference-models';
import { type Api, SETOSA, startApi } from './support/start-api';

const JSON_TYPE = 'application/json; charset=utf-8';

describe('POST /predict', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ RATE_LIMIT: '10000' });
  });
  afterAll(() => api.close());

  test('answers exactly the predicted class', async () => {
    const response = await api.predict();
    expect(response.status).toBe(200);
    expect(response.text).toBe('{"predicted_class":"setosa"}');
    expect(response.headers['content-type']).toBe(JSON_TYPE);
  });

  test('is right on all 30 test rows and on at least 146 of all 150', async () => {
    const { X, y, targetNames, testIndices } = irisReference();
    const right: boolean[] = [];
    for (const [i, row] of X.entries()) {
      const [sepal_length, sepal_width, petal_length, petal_width] = row;
      const { body } = await api.predict({ sepal_length, sepal_width, petal_length, petal_width });
      right.push((body as { predicted_class: string }).predicted_class === targetNames[y[i]!]);
    }
    expect(testIndices.every((i) => right[i])).toBe(true);
    expect(right.filter(Boolean).length).toBeGreaterThanOrEqual(146);
  });

  test('the order of the fields does not matter, -0 and large numbers are numbers', async () => {
    const reversed = Object.fromEntries(Object.entries(SETOSA).toReversed());
    expect((await api.predict(reversed)).body).toEqual({ predicted_class: 'setosa' });
    const text =
      '{"sepal_length":-0,"sepal_width":1e308,"petal_length":-1e308,"petal_width":5e-324}';
    expect((await api.predict(text)).status).toBe(200);
  });

  const missing = (field: string) => ({
    loc: ['body', field],
    msg: 'Field required',
    type: 'missing',
  });
  const notNumber = (field: string) => ({
    loc: ['body', field],
    msg: 'Input should be a number',
    type: 'float_type',
  });

  test.each([
    ['no fields', '{}', Object.keys(SETOSA).map(missing)],
    ['a missing field', { ...SETOSA, petal_width: undefined }, [missing('petal_width')]],
    ['a string', { ...SETOSA, petal_width: '0.2' }, [notNumber('petal_width')]],
    ['null', { ...SETOSA, petal_width: null }, [notNumber('petal_width')]],
    ['a boolean', { ...SETOSA, petal_width: true }, [notNumber('petal_width')]],
    ['an array', { ...SETOSA, petal_width: [0.2] }, [notNumber('petal_width')]],
    ['an object', { ...SETOSA, petal_width: {} }, [notNumber('petal_width')]],
    [
      'a number beyond the doubles',
      JSON.stringify(SETOSA).replace('0.2', '1e400'),
      [
        {
          loc: ['body', 'petal_width'],
          msg: 'Input should be a finite number',
          type: 'finite_number',
        },
      ],
    ],
    [
      'an unknown field, with the nearest name',
      { ...SETOSA, petal_widht: 1 },
      [
        {
          loc: ['body', 'petal_widht'],
          msg: 'Unknown field. Did you mean "petal_width"?',
          type: 'extra_forbidden',
        },
      ],
    ],
    [
      'an unknown field that is near nothing',
      { ...SETOSA, colour: 'blue' },
      [{ loc: ['body', 'colour'], msg: 'Unknown field', type: 'extra_forbidden' }],
    ],
    [
      'fields of the prototype',
      JSON.stringify(SETOSA).replace('{', '{"__proto__":{"x":1},"constructor":2,'),
      ['__proto__', 'constructor'].map((name) => ({
        loc: ['body', name],
        msg: 'Unknown field',
        type: 'extra_forbidden',
      })),
    ],
    [
      'several faults at once',
      { sepal_length: 'a', sepalWidth: 3.5, petal_length: 1.4, petal_width: false },
      [
        notNumber('sepal_length'),
        missing('sepal_width'),
        notNumber('petal_width'),
        {
          loc: ['body', 'sepalWidth'],
          msg: 'Unknown field. Did you mean "sepal_width"?',
          type: 'extra_forbidden',
        },
      ],
    ],
  ])('422 for %s', async (_, body, detail) => {
    const response = await api.predict(body);
    expect(response.status).toBe(422);
    expect(response.body).toEqual({ detail });
  });

  test.each([
    ['broken JSON', '{"sepal_length":', 'json_invalid', 'The body is not valid JSON'],
    [
      'NaN, which is not JSON',
      '{"sepal_length":NaN}',
      'json_invalid',
      'The body is not valid JSON',
    ],
    ['an empty body', '', 'missing', 'Field required'],
    ['an array', '[5.1,3.5,1.4,0.2]', 'object_type', 'Input should be a JSON object'],
    ['null', 'null', 'object_type', 'Input should be a JSON object'],
    ['a string', '"5.1"', 'object_type', 'Input should be a JSON object'],
    ['a number', '5.1', 'object_type', 'Input should be a JSON object'],
  ])('422 for %s', async (_, body, type, msg) => {
    const response = await api.predict(body);
    expect(response.status).toBe(422);
    expect(response.body).toEqual({ detail: [{ loc: ['body'], msg, type }] });
  });

  test('names many unknown fields, but not without end, and never what they hold', async () => {
    const extra = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`secret_${i}`, 'hunter2']),
    );
    const { status, body, text } = await api.predict({ ...SETOSA, ...extra });
    expect(status).toBe(422);
    expect(body.detail).toHaveLength(21);
    expect(body.detail[20].msg).toBe('480 more unknown fields');
    expect(text).not.toContain('hunter2');
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    '',
  ])('415 for the content type %j', async (type) => {
    const response = await api.predict(SETOSA, { 'content-type': type });
    expect(response.status).toBe(415);
    expect(response.body).toEqual({
      detail: 'Send the body as UTF-8 JSON, with the header Content-Type: application/json.',
    });
  });

  test('415 for a compressed body', async () => {
    const response = await api.predict(SETOSA, { 'content-encoding': 'gzip' });
    expect(response.status).toBe(415);
    expect(response.body.detail).toContain('Content-Encoding');
  });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
  ])('takes the content type %j', async (type) => {
    expect((await api.predict(SETOSA, { 'content-type': type })).status).toBe(200);
  });

  test('413 beyond the body limit, declared or not', async () => {
    const large = `{"padding":"${'x'.repeat(16 * 1024)}"}`;
    const declared = await api.predict(large);
    expect(declared.status).toBe(413);
    expect(declared.body).toEqual({ detail: 'The body is larger than 16384 bytes.' });
    const chunked = api.http().post('/predict').set('content-type', 'application/json');
    chunked.write(large.slice(0, 9000));
    chunked.write(large.slice(9000));
    const response = await new Promise<{ status: number }>((resolve, reject) => {
      chunked.end((error, result) => (result ? resolve(result) : reject(error as Error)));
    });
    expect(response.status).toBe(413);
  });

  test('405 for other methods, with the one that is allowed', async () => {
    for (const method of ['get', 'put', 'patch', 'delete'] as const) {
      const response = await api.http()[method]('/predict');
      expect(response.status).toBe(405);
      expect(response.headers['allow']).toBe('POST');
      expect(response.body).toEqual({ detail: 'Method not allowed; use POST.' });
    }
  });
});

describe('the other routes', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  test('GET / says what this is', async () => {
    const { status, body } = await api.http().get('/');
    expect([status, body]).toEqual([200, { message: 'Welcome to the Iris Classification API' }]);
  });

  test.each(['/nowhere', '/predict/nowhere', '/%zz', '/..%2f..%2fetc/passwd'])(
    '%s is not there, and is not quoted',
    async (path) => {
      const { status, text } = await api.http().get(path);
      expect(status === 404 || status === 400).toBe(true);
      expect(text).not.toContain(path.slice(1));
    },
  );

  test('GET /health/live and /health/ready', async () => {
    expect((await api.http().get('/health/live')).body).toEqual({ status: 'ok' });
    const ready = await api.http().get('/health/ready');
    expect(ready.status).toBe(200);
    expect(ready.body).toMatchObject({
      status: 'ok',
      details: { model: { status: 'up', name: 'iris' }, rateLimit: { backend: 'memory' } },
    });
  });

  test('GET /metrics counts what happened', async () => {
    await api.predict();
    const { text, headers } = await api.http().get('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toMatch(/inferserve_predictions_total\{.*predicted_class="setosa"\} 1/);
    expect(text).toMatch(
      /http_request_duration_seconds_count\{.*route="\/predict",status="200"\} 1/,
    );
    expect(text).toMatch(
      /inferserve_rate_limit_decisions_total\{outcome="accepted",backend="memory"\} 1/,
    );
  });

  test('nothing says what the server is made of', async () => {
    expect((await api.http().get('/')).headers).not.toHaveProperty('x-powered-by');
  });
});
