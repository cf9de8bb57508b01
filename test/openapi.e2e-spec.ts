import { createConfig, lintFromString } from '@redocly/openapi-core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type Api, startApi } from './support/start-api';

interface Documented {
  readonly content: Record<string, { readonly example?: unknown }>;
}

describe('the OpenAPI document', () => {
  let api: Api;
  let document: OpenAPIObject;
  beforeAll(async () => {
    api = await startApi({ RATE_LIMIT: '10' });
    document = (await api.http().get('/docs-json')).body as OpenAPIObject;
  });
  afterAll(() => api.close());

  const example = (status: number): unknown => {
    const responses = document.paths['/predict']!.post!.responses as Record<string, Documented>;
    return responses[status]!.content['application/json']!.example;
  };

  test("passes Redocly's recommended rules", async () => {
    const config = await createConfig({
      extends: ['recommended'],
      // A welcome and a probe take no input that could be wrong.
      rules: { 'operation-4xx-response': 'off' },
    });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    expect(
      problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
    ).toEqual([]);
  });

  test('is the same as YAML', async () => {
    const { text } = await api.http().get('/docs-yaml');
    expect(text).toMatch(/^openapi: 3\.1\.0/);
  });

  test('describes every route and every status of the contract', () => {
    expect(Object.keys(document.paths)).toEqual([
      '/',
      '/predict',
      '/predict/batch',
      '/models',
      '/models/{name}',
      '/models/{name}/versions/{version}',
      '/v2/health/live',
      '/v2/health/ready',
      '/v2/models/{model}/infer',
      '/v2/models/{model}/versions/{version}/infer',
      '/v2',
      '/v2/models',
      '/v2/models/{model}',
      '/v2/models/{model}/versions/{version}',
      '/v2/models/{model}/ready',
      '/v2/models/{model}/versions/{version}/ready',
      '/health/live',
      '/health/ready',
      '/models/iris/predict',
      '/models/iris/predict/batch',
    ]);
    for (const path of ['/predict', '/predict/batch']) {
      const { responses } = document.paths[path]!.post!;
      expect(Object.keys(responses)).toEqual(['200', '413', '415', '422', '429', '503']);
    }
  });

  test('describes the headers of the limit', () => {
    const { responses } = document.paths['/predict']!.post!;
    const headers = (status: number) =>
      Object.keys((responses as Record<string, { headers: object }>)[status]!.headers);
    const limit = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];
    expect(headers(200)).toEqual([...limit, 'X-Model-Version']);
    expect(headers(422)).toEqual(limit);
    expect(headers(429)).toEqual([...limit, 'Retry-After']);
  });

  test('its examples are what the server answers', async () => {
    const { properties } = document.components!.schemas!['PredictRequest'] as {
      properties: Record<string, { example: number }>;
    };
    const body = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, property.example]),
    );
    expect((await api.predict(body)).body).toEqual({ predicted_class: 'setosa' });
    const { petal_width: petal_widht, ...misspelt } = body;
    expect((await api.predict({ ...misspelt, petal_widht })).body).toEqual(example(422));
    expect((await api.predict('x'.repeat(20_000))).body).toEqual(example(413));
    expect((await api.predict(body, { 'content-type': 'text/csv' })).body).toEqual(example(415));
    for (let i = 0; i < 6; i++) await api.predict(body);
    expect((await api.predict(body)).body).toEqual(example(429));
  });
});
