import fc from 'fast-check';
import { irisReference } from './support/reference-models';
import { type Api, SETOSA, startApi } from './support/start-api';

const FIELDS = Object.keys(SETOSA);
const VERSICOLOR = { sepal_length: 5, sepal_width: 2, petal_length: 3.5, petal_width: 1 };

describe('POST /predict/batch', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ RATE_LIMIT: '10000' });
  });
  afterAll(() => api.close());

  const batch = (body: unknown, query = '') =>
    api
      .http()
      .post(`/predict/batch${query}`)
      .set('content-type', 'application/json')
      .send(typeof body === 'string' ? body : JSON.stringify(body));

  test('answers in order', async () => {
    const response = await batch({ instances: [SETOSA, VERSICOLOR] });
    expect(response.status).toBe(200);
    expect(response.text).toBe(
      '{"predictions":[{"predicted_class":"setosa"},{"predicted_class":"versicolor"}]}',
    );
    expect((await batch({ instances: [] })).body).toEqual({ predictions: [] });
  });

  test('a bad row has its faults in its place, the others are answered', async () => {
    const { petal_width: _, ...incomplete } = SETOSA;
    const { body } = await batch({ instances: [SETOSA, incomplete, 7, VERSICOLOR] });
    expect(body).toEqual({
      predictions: [
        { predicted_class: 'setosa' },
        {
          error: [
            {
              loc: ['body', 'instances', 1, 'petal_width'],
              msg: 'Field required',
              type: 'missing',
            },
          ],
        },
        {
          error: [
            {
              loc: ['body', 'instances', 2],
              msg: 'Input should be a JSON object',
              type: 'object_type',
            },
          ],
        },
        { predicted_class: 'versicolor' },
      ],
    });
  });

  test('ten thousand bad rows are answered, and are no reason to stop serving', async () => {
    const work = batch({ instances: Array.from({ length: 10_000 }, () => ({})) }).then(
      ({ status }) => status,
    );
    expect((await api.http().get('/health/live')).status).toBe(200);
    expect(await work).toBe(200);
  }, 20_000);

  test('faults beyond a thousand are not listed, so that empty rows do not cost megabytes', async () => {
    const instances = [...Array.from({ length: 9_999 }, () => ({})), SETOSA];
    const { text, body } = await batch({ instances });
    const rows = body.predictions as { error?: { type: string; loc: unknown[] }[] }[];
    const types = rows.map(({ error }) => error?.map(({ type }) => type).join() ?? 'answered');
    const listed = FIELDS.map(() => 'missing').join();
    expect(types.slice(0, 250)).toEqual(Array(250).fill(listed));
    expect(types.slice(250, -1)).toEqual(Array(9_749).fill('too_many_faults'));
    expect(rows[9_998]!.error![0]!.loc).toEqual(['body', 'instances', 9_998]);
    expect(rows.at(-1)).toEqual({ predicted_class: 'setosa' });
    expect(text.length).toBeLessThan(2_000_000);
  }, 20_000);

  test.each([
    ['{}', ['body', 'instances'], 'missing'],
    ['{"instances":{}}', ['body', 'instances'], 'list_type'],
    ['{"instances":null}', ['body', 'instances'], 'list_type'],
    ['{"instances":[],"rows":[]}', ['body', 'rows'], 'extra_forbidden'],
    ['[]', ['body'], 'object_type'],
    ['{"instances":[', ['body'], 'json_invalid'],
    [`{"instances":[${'1,'.repeat(10_000)}1]}`, ['body', 'instances'], 'too_long'],
  ])('422 for %.30s', async (body, loc, type) => {
    const response = await batch(body);
    expect(response.status).toBe(422);
    expect(response.body.detail).toEqual([{ loc, msg: expect.any(String), type }]);
  });

  test('413 beyond its own body limit', async () => {
    expect((await batch(`{"x":"${'x'.repeat(2 * 1024 * 1024)}"}`)).status).toBe(413);
  });

  test('gives every row the answer that it gets alone, with probabilities as well', async () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    const row = fc.tuple(value, value, value, value);
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), fc.boolean(), async (rows, include) => {
        const query = include ? '?include=probabilities' : '';
        const instances = rows.map((values) =>
          Object.fromEntries(values.map((x, j) => [FIELDS[j], x])),
        );
        const together = (await batch({ instances }, query)).body.predictions as unknown[];
        const alone = await Promise.all(
          instances.map(async (instance) => {
            const request = api.http().post(`/predict${query}`).send(instance);
            return (await request).body as unknown;
          }),
        );
        expect(together).toEqual(alone);
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  test('is one request for the limit, which it shares with /predict', async () => {
    const limited = await startApi({ RATE_LIMIT: '3' });
    const send = () =>
      limited
        .http()
        .post('/predict/batch')
        .send({ instances: [SETOSA, SETOSA] });
    expect((await send()).headers['x-ratelimit-remaining']).toBe('2');
    expect((await limited.predict()).headers['x-ratelimit-remaining']).toBe('1');
    expect((await send()).status).toBe(200);
    expect([(await send()).status, (await limited.predict()).status]).toEqual([429, 429]);
    await limited.close();
  });
});

describe('?include=', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ RATE_LIMIT: '1000' });
  });
  afterAll(() => api.close());

  const ask = (query: string) => api.http().post(`/predict${query}`).send(SETOSA);

  test('probabilities adds the probability of each class, which sum to 1', async () => {
    const { body } = await ask('?include=probabilities');
    expect(Object.keys(body)).toEqual(['predicted_class', 'probabilities']);
    expect(Object.keys(body.probabilities)).toEqual(irisReference().targetNames);
    const values = Object.values(body.probabilities as Record<string, number>);
    expect(values.reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
    expect(body.probabilities.setosa).toBeGreaterThan(0.99);
  });

  test('can be repeated', async () => {
    const { text } = await ask('?include=probabilities');
    expect((await ask('?include=probabilities&include=probabilities')).text).toBe(text);
    expect((await ask('?include=probabilities,probabilities')).text).toBe(text);
  });

  test('nothing else can be included', async () => {
    const { status, body } = await ask('?include=secrets');
    expect(status).toBe(422);
    expect(body.detail).toEqual([
      {
        loc: ['query', 'include'],
        msg: expect.stringMatching(/^Input should be one or more of "probabilities", "/),
        type: 'enum',
      },
    ]);
    for (const query of [
      '?include=',
      '?include=probabilities,',
      '?include=probabilities,secrets',
    ]) {
      expect((await ask(query)).status).toBe(422);
    }
    expect((await ask('?other=1')).text).toBe('{"predicted_class":"setosa"}');
  });
});
