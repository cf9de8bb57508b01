import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { formatArtifact, sealArtifact } from '@inferserve/model';
import { referenceArtifact, referenceModels } from './support/reference-models';
import { type Api, startApi } from './support/start-api';

const FEATURES = ['sepal length (cm)', 'x1', 'age in years', '4th'];

/** The reference model with this id, under names that only an artifact can bring. */
function writeModel(folder: string, id: string, classes?: (number | boolean | string)[]): void {
  const model = referenceModels().find((candidate) => candidate.id === id)!;
  const names = model.rows[0]!.map((_, j) => FEATURES[j] ?? `f${j}`);
  const {
    contentHash: _,
    format: _f,
    schemaVersion: _s,
    ...content
  } = referenceArtifact(model, names);
  const cases = content.verification.cases.map((verification) => {
    const k = content.classes.indexOf(verification.label);
    return { ...verification, label: classes?.[k] ?? verification.label };
  });
  const artifact = sealArtifact({
    ...content,
    name: 'own',
    classes: classes ?? content.classes,
    verification: { ...content.verification, cases },
  });
  mkdirSync(join(folder, 'own/1'), { recursive: true });
  writeFileSync(join(folder, 'own/1/model.json'), formatArtifact(artifact));
}

describe('another model than Iris', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inferserve-models-'));
  let api: Api;
  afterEach(() => api.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  const serve = async (id: string, classes?: (number | boolean | string)[]): Promise<void> => {
    writeModel(folder, id, classes);
    api = await startApi({ ARTIFACTS_DIR: folder, MODEL_NAME: 'own', RATE_LIMIT: '1000' });
  };

  test.each(referenceModels().map(({ id }) => id))(
    '%s: every reference row through HTTP as scikit-learn has it',
    async (id) => {
      await serve(id);
      const { rows, predict, predictProba } = referenceModels().find((model) => model.id === id)!;
      const instances = rows.map((row) =>
        Object.fromEntries(row.map((value, j) => [FEATURES[j] ?? `f${j}`, value])),
      );
      const single = await api.predict(instances[0]);
      expect(single.body).toEqual({ predicted_class: predict[0] });
      const response = await api
        .http()
        .post('/predict/batch?include=probabilities')
        .send({ instances });
      for (const [i, prediction] of response.body.predictions.entries()) {
        expect(prediction.predicted_class).toBe(predict[i]);
        for (const [k, p] of Object.values<number>(prediction.probabilities).entries()) {
          expect(Math.abs(p - predictProba[i]![k]!)).toBeLessThanOrEqual(1e-12);
        }
      }
    },
  );

  test('its fields are checked as strictly', async () => {
    await serve('iris-multinomial.sk191');
    const { status, body } = await api.predict({ x1: '3', 'Age-in-years': 1, '4th': 1e3 });
    expect(status).toBe(422);
    expect(body.detail).toEqual([
      { loc: ['body', 'sepal length (cm)'], msg: 'Field required', type: 'missing' },
      { loc: ['body', 'x1'], msg: 'Input should be a number', type: 'float_type' },
      { loc: ['body', 'age in years'], msg: 'Field required', type: 'missing' },
      {
        loc: ['body', 'Age-in-years'],
        msg: 'Unknown field. Did you mean "age in years"?',
        type: 'extra_forbidden',
      },
    ]);
  });

  test('labels that are integers or booleans stay so', async () => {
    await serve('breast-cancer-binary.sk161', [false, true]);
    const { rows } = referenceModels().find(({ id }) => id === 'breast-cancer-binary.sk161')!;
    const row = Object.fromEntries(rows[0]!.map((value, j) => [FEATURES[j] ?? `f${j}`, value]));
    expect((await api.predict(row)).text).toBe('{"predicted_class":false}');
  });

  test('its documentation has its fields, and examples that are true', async () => {
    await serve('iris-multinomial.sk191');
    const document = (await api.http().get('/docs-json')).body;
    const { properties, required } = document.components.schemas.PredictRequest;
    expect(Object.keys(properties).toSorted()).toEqual(FEATURES.toSorted());
    expect(required).toHaveLength(4);
    const body = Object.fromEntries(
      Object.entries<{ example: number }>(properties).map(([name, { example }]) => [name, example]),
    );
    const { responses } = document.paths['/predict'].post;
    const example = (status: string) => responses[status].content['application/json'].example;
    expect((await api.predict(body)).body).toEqual(example('200'));
    const { 'sepal length (cm)': value, ...others } = body;
    expect((await api.predict({ ...others, 'sepal length (cm)_': value })).body).toEqual(
      example('422'),
    );
    const config = await createConfig({
      extends: ['recommended'],
      rules: { 'operation-4xx-response': 'off' },
    });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    expect(problems.map(({ message }) => message)).toEqual([]);
  });
});
