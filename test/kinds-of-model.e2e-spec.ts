import { createConfig, lintFromString } from '@redocly/openapi-core';
import { type Artifact, sealArtifact } from '@inferserve/model';
import { freePort } from './support/free-port';
import { ModelFolder } from './support/model-folder';
import { irisReferenceArtifact } from './support/reference-models';
import { doubleArtifact, named, numberColumn, signArtifact } from './support/served-models';
import { type Api, startApi } from './support/start-api';

const folder = new ModelFolder();
let api: Api;
afterEach(() => api?.close());
afterAll(() => folder.remove());

const serve = async (artifact: Artifact, variables = {}): Promise<void> => {
  api = await startApi({ RATE_LIMIT: '1000', ...folder.put(artifact), ...variables });
};
const batch = (instances: readonly unknown[], query = '') =>
  api.http().post(`/predict/batch${query}`).send({ instances });

interface Schema {
  readonly properties: Readonly<Record<string, { example: unknown; enum?: unknown[] }>>;
  readonly required: readonly string[];
}
interface Response {
  readonly content: Readonly<Record<string, { example: { detail: string } }>>;
  readonly headers: Readonly<Record<string, { schema: { example: number } }>>;
}
interface Operation {
  readonly responses: Readonly<Record<number, Response>>;
}
interface Document {
  readonly components: { readonly schemas: { PredictRequest: Schema; PredictResponse: Schema } };
  readonly paths: Readonly<Record<string, { readonly post: Operation; readonly get: Operation }>>;
}

async function document(): Promise<Document> {
  const { text } = await api.http().get('/docs-json').expect(200);
  return JSON.parse(text) as Document;
}

/** Redocly finds nothing wrong with the document. */
async function expectSoundDocument(): Promise<void> {
  const { text } = await api.http().get('/docs-json');
  const rules = { 'operation-4xx-response': 'off' } as const;
  const config = await createConfig({ extends: ['recommended'], rules });
  const problems = await lintFromString({ source: text, config });
  expect(problems.map(({ message }) => message)).toEqual([]);
}

/** Sends what the document gives as examples, and expects what it says to come back. */
async function expectTrueExamples(): Promise<void> {
  const { components, paths } = await document();
  const { responses } = paths['/predict']!.post;
  const example = (status: number) => responses[status]!.content['application/json']!.example;
  const { properties, required } = components.schemas.PredictRequest;
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(required));
  const row = Object.fromEntries(
    Object.entries(properties).map(([name, { example }]) => [name, example]),
  );
  const answer = await api.predict(row);
  expect([answer.status, answer.body]).toEqual([200, example(200)]);
  const schema = components.schemas.PredictResponse.properties;
  const [[name, value]] = Object.entries(answer.body as object) as [[string, unknown]];
  expect(schema[name]!.example).toEqual(value);
  const together = await batch([row]);
  const batchResponse = paths['/predict/batch']!.post.responses[200]!;
  expect(together.body).toEqual(batchResponse.content['application/json']!.example);
  const limit = /(\d+) bytes/.exec(example(413).detail)![1];
  const large = await api.predict(`"${'x'.repeat(Number(limit))}"`);
  expect([large.status, large.body]).toEqual([413, example(413)]);
}

describe('a regressor', () => {
  test('answers with its value, alone and in a batch', async () => {
    await serve(doubleArtifact());
    expect((await api.predict({ x: 2.25 })).text).toBe('{"predicted_value":4.5}');
    const { body } = await batch([{ x: -1 }, { x: 'a' }, { x: 0.1 }]);
    expect(body.predictions).toEqual([
      { predicted_value: -2 },
      {
        error: [
          {
            loc: ['body', 'instances', 1, 'x'],
            msg: 'Input should be a number',
            type: 'float_type',
          },
        ],
      },
      { predicted_value: 0.2 },
    ]);
    expect((await api.http().get('/')).body).toEqual({
      message: 'Welcome to the Double Regression API',
    });
    const { text } = await api.http().get('/metrics');
    expect(text).toContain('inferserve_predictions_total{model="double",version="1"} 3');
    expect((await api.http().get('/health/ready')).status).toBe(200);
  });

  test('422 for a row without a finite answer, in its place in a batch', async () => {
    await serve(doubleArtifact());
    const single = await api.predict({ x: 1e308 });
    const fault = (loc: (string | number)[]) => ({
      loc,
      msg: 'The model has no finite answer for this row',
      type: 'unscorable_row',
    });
    expect([single.status, single.body]).toEqual([422, { detail: [fault(['body'])] }]);
    expect((await batch([{ x: 1e308 }, { x: 1 }])).body.predictions).toEqual([
      { error: [fault(['body', 'instances', 0])] },
      { predicted_value: 2 },
    ]);
  });

  test('has no probabilities to include', async () => {
    await serve(doubleArtifact());
    const response = await api.http().post('/predict?include=probabilities').send({ x: 1 });
    expect(response.status).toBe(422);
    expect(response.body.detail[0]).toMatchObject({ type: 'unavailable' });
  });

  test('is documented as it is', async () => {
    await serve(doubleArtifact());
    await expectSoundDocument();
    await expectTrueExamples();
  });
});

describe('columns of every kind', () => {
  const columns = [
    numberColumn('age', { nullable: true, magnitude: 1000, unit: 'years' }),
    { type: 'boolean', name: 'member' },
    { type: 'category', name: 'city', values: ['Oslo', 'Rome'], unknown: 'reject' },
  ] as const;
  const mixed = signArtifact(columns, [30, true, 'Rome']);

  test('each takes its values and explains what is wrong with others', async () => {
    await serve(mixed);
    const row = { age: 1, member: false, city: 'Oslo' };
    expect((await api.predict(row)).body).toEqual({ predicted_class: 1 });
    const { status, body } = await api.predict({ age: 1001, member: 1, city: 'Romee' });
    expect(status).toBe(422);
    expect(body.detail).toEqual([
      { loc: ['body', 'age'], msg: expect.any(String), type: 'number_too_large' },
      { loc: ['body', 'member'], msg: 'Input should be true or false', type: 'bool_type' },
      {
        loc: ['body', 'city'],
        msg: 'Input should be one of "Oslo", "Rome". Did you mean "Rome"?',
        type: 'unknown_category',
      },
    ]);
    const nested = await api.predict({ age: {}, member: [true], city: { a: 1 } });
    expect(nested.body.detail.map(({ type }: { type: string }) => type)).toEqual([
      'float_type',
      'bool_type',
      'category_type',
    ]);
    const missing = await api.predict({});
    expect(missing.body.detail.map(({ type }: { type: string }) => type)).toEqual(
      columns.map(() => 'missing'),
    );
  });

  test('are documented as they are', async () => {
    await serve(mixed);
    await expectSoundDocument();
    await expectTrueExamples();
    const { properties } = (await document()).components.schemas.PredictRequest;
    expect(properties.city).toMatchObject({ enum: ['Oslo', 'Rome'], example: 'Rome' });
    expect(properties.member).toMatchObject({ type: 'boolean', example: true });
    expect(properties.age).toMatchObject({ type: ['number', 'null'], example: 30 });
  });
});

describe('columns named like members of every object', () => {
  const names = [
    ...Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== '__proto__'),
    'prototype',
    'toJSON',
    'then',
    'length',
    'column0',
    '0',
  ];
  const row = Object.fromEntries(names.map((name) => [name, 1]));
  const hostile = signArtifact(names.map((name) => numberColumn(name)));

  test('200 for a good row, 422 for bad ones, in batches too', async () => {
    await serve(hostile);
    expect((await api.predict(row)).body).toEqual({ predicted_class: 1 });
    for (const name of names) {
      const { [name]: _, ...others } = row;
      const missing = await api.predict(others);
      expect([name, missing.status, missing.body]).toEqual([
        name,
        422,
        { detail: [{ loc: ['body', name], msg: 'Field required', type: 'missing' }] },
      ]);
      const wrong = await api.predict({ ...row, [name]: 'x' });
      expect([name, wrong.status, wrong.body.detail[0].type]).toEqual([name, 422, 'float_type']);
    }
    const { status, body } = await batch([row, { toString: 1 }, { ...row, __other: 1 }]);
    expect([status, body.predictions[0]]).toEqual([200, { predicted_class: 1 }]);
    expect(body.predictions[1].error).toHaveLength(names.length - 1);
    expect(body.predictions[2].error).toHaveLength(1);
    expect((await api.predict('{"__proto__":{"toString":1}}')).status).toBe(422);
    expect((await api.predict([1])).status).toBe(422);
  });

  test('the documents have them', async () => {
    await serve(hostile);
    await expectTrueExamples();
    expect((await api.http().get('/docs-yaml')).text).toContain('toString:');
    const script = await api.http().get('/docs/swagger-ui-init.js');
    expect([script.status, script.text.includes('"valueOf"')]).toEqual([200, true]);
  });
});

describe('a wide model', () => {
  const names = Array.from({ length: 1000 }, (_, j) => `feature_${String(j).padStart(4, '0')}`);
  const wide = signArtifact(names.map((name) => numberColumn(name)));

  test('takes rows in full precision without a setting', async () => {
    await serve(wide);
    const row = Object.fromEntries(names.map((name, j) => [name, -1 / (j + 3) ** 20]));
    const text = JSON.stringify(row, null, 1);
    expect(text.length).toBeGreaterThan(33_000);
    expect((await api.predict(text)).body).toEqual({ predicted_class: 0 });
    await expectTrueExamples();
  });

  test('does not start where BODY_LIMIT refuses its own example', async () => {
    const start = startApi({ ...folder.put(wide), BODY_LIMIT: '16kb' });
    await expect(start).rejects.toThrow(
      /A row of model sign takes 1\d{4} bytes, more than BODY_LIMIT allows \(16384\)\. Raise BODY_LIMIT/,
    );
  });

  test('takes the place of a narrow one with its own limit, but not where BODY_LIMIT is too small for it', async () => {
    const narrow = named(signArtifact([numberColumn('x')]), 'growing', '1');
    const row = JSON.stringify(
      Object.fromEntries(names.map((name, j) => [name, -1 / (j + 3) ** 20])),
    );
    const load = async (variables: Readonly<Record<string, string>>): Promise<unknown[]> => {
      const growing = new ModelFolder();
      const port = String(await freePort());
      growing.put(narrow);
      api = await startApi({
        ARTIFACTS_DIR: growing.path,
        MODEL_NAME: 'growing',
        ADMIN_PORT: port,
        ...variables,
      });
      expect((await api.predict(row)).status).toBe(413);
      growing.put(named(wide, 'growing', '2'));
      const url = `http://127.0.0.1:${port}/v2/repository/models/growing/load`;
      const answer = await fetch(url, { method: 'POST' });
      growing.remove();
      return [answer.status, await answer.json()];
    };
    expect(await load({})).toEqual([200, {}]);
    expect((await api.predict(row)).body).toEqual({ predicted_class: 0 });
    await api.close();
    expect(await load({ BODY_LIMIT: '16kb' })).toEqual([
      400,
      {
        error: expect.stringMatching(
          /^A row of model growing takes 1\d{4} bytes.*Raise BODY_LIMIT/,
        ),
      },
    ]);
    const small = await api.predict({ x: 1 });
    expect([small.body, small.headers['x-model-version']]).toEqual([{ predicted_class: 1 }, '1']);
  });

  test('BODY_LIMIT is kept where it is enough', async () => {
    await serve(wide, { BODY_LIMIT: '20kb' });
    expect((await api.predict(`"${'x'.repeat(20 * 1024)}"`)).status).toBe(413);
  });
});

describe('examples follow model and settings', () => {
  test('the four Iris columns with other classes', async () => {
    const { contentHash: _, format: _f, schemaVersion: _s, ...iris } = irisReferenceArtifact();
    if (iris.task !== 'classification') throw new Error('not a classifier');
    const label = (name: unknown): number => iris.classes.indexOf(name as string);
    await serve(
      sealArtifact({
        ...iris,
        classes: [0, 1, 2],
        verification: {
          ...iris.verification,
          cases: iris.verification.cases.map((each) => ({ ...each, label: label(each.label) })),
        },
      }),
    );
    await expectTrueExamples();
    const { paths, components } = await document();
    const { content } = paths['/predict']!.post.responses[200]!;
    expect(content['application/json']!.example).toEqual({ predicted_class: 0 });
    expect(components.schemas.PredictResponse.properties.predicted_class!.enum).toEqual([0, 1, 2]);
  });

  test('another limit, another window, another body limit, another policy', async () => {
    api = await startApi({
      RATE_LIMIT: '2',
      RATE_LIMIT_WINDOW_SECONDS: '7',
      RATE_LIMIT_ON_REDIS_FAILURE: 'closed',
      BODY_LIMIT: '1kb',
    });
    const { paths } = await document();
    const { responses } = paths['/predict']!.post;
    const example = (status: number) => responses[status]!.content['application/json']!.example;
    const large = await api.predict(`"${'x'.repeat(1024)}"`);
    expect(large.body).toEqual(example(413));
    const csv = await api.predict('a', { 'content-type': 'text/csv' });
    expect(csv.body).toEqual(example(415));
    const refused = await api.predict();
    expect(refused.body).toEqual(example(429));
    const { headers } = responses[429]!;
    expect(headers['X-RateLimit-Limit']!.schema.example).toBe(2);
    expect(headers['Retry-After']!.schema.example).toBe(7);
    expect(responses[200]!.headers['X-RateLimit-Remaining']!.schema.example).toBe(1);
    expect(example(503).detail).toMatch(/^The rate limiter is unavailable/);
  });

  test('no limit', async () => {
    api = await startApi({ RATE_LIMIT: '0' });
    const { responses } = (await document()).paths['/predict']!.post;
    expect(Object.keys(responses)).not.toContain('429');
    expect(Object.keys(responses[200]!.headers)).toEqual(['X-Model-Version']);
    expect((await api.predict()).headers).not.toHaveProperty('x-ratelimit-limit');
  });

  test('the service routes', async () => {
    await serve(doubleArtifact());
    const { paths } = await document();
    for (const path of ['/', '/health/live', '/health/ready']) {
      const { content } = paths[path]!.get.responses[200]!;
      const { body } = await api.http().get(path);
      expect(body).toEqual(content['application/json']!.example);
    }
  });
});
