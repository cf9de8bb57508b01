import { lintFromString, createConfig } from '@redocly/openapi-core';
import { Lifecycle } from '../apps/api/src/health/lifecycle';
import { freePort } from './support/free-port';
import { irisReferenceArtifact } from './support/reference-models';
import { doubleArtifact, named } from './support/served-models';
import { IRIS, ReferenceServer } from './support/reference-server';

const server = new ReferenceServer({ PROTOCOLS: 'native,v2,v1,mlflow' });
const { rows: X, records, labels } = IRIS;

describe('KServe v1', () => {
  test.each([
    ['lists', X],
    ['objects', records],
  ])('rows as %s: the predictions of scikit-learn', async (_, instances) => {
    await server.start();
    const { status, body, headers } = await server.post('/v1/models/reference:predict', {
      instances,
    });
    expect(headers['x-model-version']).toBe('1');
    expect([status, body]).toEqual([200, { predictions: labels }]);
  });

  test('a version, members that mean nothing here, and bodies without a type', async () => {
    await server.start();
    const body = { instances: [X[0]], signature_name: 'serving_default', parameters: {} };
    const answer = await server.post('/v1/models/reference/versions/1:predict', body, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer.body).toEqual({ predictions: ['setosa'] });
  });

  test('bare values for a model of one column', async () => {
    await server.start({}, { artifact: doubleArtifact() });
    const { body } = await server.post('/v1/models/double:predict', {
      instances: [1.5, [2], { x: -3 }],
    });
    expect(body).toEqual({ predictions: [3, 4, -6] });
  });

  test('readiness in the forms of KServe and TensorFlow Serving', async () => {
    await server.start();
    const { body } = await server.api.http().get('/v1/models/reference');
    expect(body).toMatchObject({
      name: 'reference',
      ready: true,
      model_version_status: [{ version: '1', state: 'AVAILABLE' }],
    });
    expect((await server.api.http().get('/v1/models')).body).toEqual({ models: ['reference'] });
  });

  test.each<[string, object | string, string]>([
    ['no JSON', '{', 'The body is not valid JSON'],
    ['nothing', '', 'The body is empty'],
    ['no instances', { inputs: [] }, 'instances: Field required'],
    ['no list', { instances: {} }, 'instances: Input should be a list'],
    ['no row', { instances: [1] }, 'instances[0]: A row should be a list or an object'],
    ['a short row', { instances: [X[0], [1]] }, 'instances[1]: A row should have 4 values'],
    [
      'text',
      { instances: [[1, 2, 'a', 4]] },
      'instances[0].petal_length: Input should be a number',
    ],
    [
      'another name',
      { instances: [{ ...records[0], petal_widht: 1 }] },
      'instances[0]: There is an unknown field. Did you mean "petal_width"?',
    ],
  ])('%s is 400', async (_, body, error) => {
    await server.start();
    const answer = await server.post('/v1/models/reference:predict', body);
    expect([answer.status, answer.body]).toEqual([400, { error }]);
  });

  test('404 and 405 in its own form', async () => {
    await server.start();
    const instances = [X[0]];
    for (const path of [
      '/v1/models/other:predict',
      '/v1/models/reference:explain',
      '/v1/models/reference',
      '/v1/models/reference/versions/9:predict',
      '/v1/other',
    ]) {
      const { status, body } = await server.post(path, { instances });
      expect([path, status, body]).toEqual([path, 404, { error: expect.any(String) }]);
    }
    expect((await server.api.http().put('/v1/models/reference')).status).toBe(405);
  });

  test("Vertex AI's routes are those of its variables", async () => {
    const route = '/v1/endpoints/12/deployedModels/34:predict';
    await server.start({ AIP_PREDICT_ROUTE: route, AIP_HEALTH_ROUTE: '/aip/health' });
    expect((await server.post(route, { instances: [X[0]] })).body).toEqual({
      predictions: ['setosa'],
    });
    expect((await server.api.http().get('/aip/health')).status).toBe(200);
    server.api.app.get(Lifecycle).beginStop();
    expect((await server.api.http().get('/aip/health')).status).toBe(503);
  });

  test("Vertex AI's routes answer 503 while there is no model", async () => {
    const port = String(await freePort());
    await server.start({
      MODEL_NAME: 'reference-to-come',
      ADMIN_PORT: port,
      AIP_PREDICT_ROUTE: '/aip/predict',
      AIP_HEALTH_ROUTE: '/aip/health',
    });
    const { status, body } = await server.post('/aip/predict', { instances: [X[0]] });
    expect([status, body]).toEqual([503, { error: expect.stringContaining('not loaded') }]);
    expect((await server.api.http().get('/aip/health')).status).toBe(503);
    server.folder.put(named(irisReferenceArtifact(), 'reference-to-come', '1'));
    const load = `http://127.0.0.1:${port}/v2/repository/models/reference-to-come/load`;
    expect((await fetch(load, { method: 'POST' })).status).toBe(200);
    expect((await server.post('/aip/predict', { instances: [X[0]] })).body).toEqual({
      predictions: ['setosa'],
    });
    expect((await server.api.http().get('/aip/health')).status).toBe(200);
  });
});

test('all of them share one count, each with its own error', async () => {
  await server.start({ RATE_LIMIT: '4' });
  await server.api.predict();
  await server.post('/v1/models/reference:predict', { instances: [X[0]] });
  await server.post('/invocations', { instances: [X[0]] });
  await server.post('/v2/models/reference/infer', {});
  const bodies = [
    await server.post('/v1/models/reference:predict', {}),
    await server.post('/invocations', {}),
    await server.api.predict(),
  ].map(({ status, body }) => [status, Object.keys(body)]);
  expect(bodies).toEqual([
    [429, ['error']],
    [429, ['error_code', 'message']],
    [429, ['detail']],
  ]);
});

test('the document has all of them, and examples that are true', async () => {
  await server.start();
  const { body: document, text } = await server.api.http().get('/docs-json');
  const config = await createConfig({
    extends: ['recommended'],
    rules: { 'operation-4xx-response': 'off' },
  });
  const problems = await lintFromString({ source: text, config });
  expect(problems.map(({ message, location }) => [message, location[0]?.pointer])).toEqual([]);
  for (const [path, asked] of [
    ['/v1/models/{model}', '/v1/models/reference:predict'],
    ['/invocations', '/invocations'],
    ['/v2/models/{model}/infer', '/v2/models/reference/infer'],
  ] as const) {
    const { requestBody, responses } = document.paths[path].post;
    const { body } = await server.post(asked, requestBody.content['application/json'].example);
    expect(body).toEqual(responses[200].content['application/json'].example);
  }
});
