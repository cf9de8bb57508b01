import { createConfig, lintFromString } from '@redocly/openapi-core';
import { ModelUpdater } from '@inferserve/inference';
import { modelsFolder } from './support/models-folder';
import { named, numberColumn, signArtifact } from './support/served-models';
import { type Api, startApi } from './support/start-api';

const folder = modelsFolder();
let api: Api;
afterEach(() => api?.close());
afterAll(() => folder.remove());

const serve = async (variables: Readonly<Record<string, string>>): Promise<void> => {
  api = await startApi({ RATE_LIMIT: '1000', ARTIFACTS_DIR: folder.path, ...variables });
};
const post = (path: string, body: object) => api.http().post(path).send(body);

describe('the OpenAPI document', () => {
  interface Operation {
    readonly operationId: string;
    readonly requestBody: { readonly content: Content };
    readonly responses: Readonly<Record<string, { readonly content: Content }>>;
  }
  type Content = Readonly<
    Record<string, { readonly schema: { readonly $ref: string }; readonly example?: unknown }>
  >;

  test('has each model with its own schema and examples, which are true', async () => {
    await serve({ MODELS: 'iris,churn@3,churn,price' });
    const { body: document, text } = await api.http().get('/docs-json');
    expect(Object.keys(document.paths).filter((path) => path.endsWith('/predict'))).toEqual([
      '/predict',
      '/models/iris/predict',
      '/models/churn/predict',
      '/models/churn/versions/3/predict',
      '/models/churn/versions/10/predict',
      '/models/price/predict',
    ]);
    for (const [path, item] of Object.entries<{ post?: Operation }>(document.paths)) {
      if (!path.endsWith('/predict') || path === '/predict') continue;
      const { requestBody, responses } = item.post!;
      const { $ref } = requestBody.content['application/json']!.schema;
      const { properties } = document.components.schemas[$ref.split('/').at(-1)!];
      const row = Object.fromEntries(
        Object.entries<{ example: unknown }>(properties).map(([name, { example }]) => [
          name,
          example,
        ]),
      );
      const example = (status: number) => responses[status]!.content['application/json']!.example;
      expect((await post(path, row)).body).toEqual(example(200));
      const [[first, value], ...others] = Object.entries(row) as [[string, unknown]];
      const misspelt = { ...Object.fromEntries(others), [`${first}_`]: value };
      expect((await post(path, misspelt)).body).toEqual(example(422));
      const batch = document.paths[`${path}/batch`].post as Operation;
      expect((await post(`${path}/batch`, { instances: [row] })).body).toEqual(
        batch.responses[200]!.content['application/json']!.example,
      );
    }
    const rules = { 'operation-4xx-response': 'off' } as const;
    const config = await createConfig({ extends: ['recommended'], rules });
    const problems = await lintFromString({ source: text, config });
    expect(problems.map(({ message }) => message)).toEqual([]);
  });

  test('follows a swap', async () => {
    await serve({ MODELS: 'later', MODEL_RELOAD_SECONDS: '60' });
    const document = async () => (await api.http().get('/docs-json')).body;
    expect((await document()).paths).not.toHaveProperty('/models/later/predict');
    for (const [version, column] of [
      ['1', 'a'],
      ['2', 'b'],
    ] as const) {
      folder.put(named(signArtifact([numberColumn(column)]), 'later', version));
      await api.app.get(ModelUpdater).update();
      const { paths, components } = await document();
      expect(Object.keys(paths)).toContain('/models/later/predict');
      for (const schema of ['PredictRequest', 'later.PredictRequest']) {
        expect(components.schemas[schema].required).toEqual([column]);
      }
      expect((await api.predict({ [column]: 1 })).headers['x-model-version']).toBe(version);
    }
  });
});
