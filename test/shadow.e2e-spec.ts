import { setTimeout as sleep } from 'node:timers/promises';
import { ModelFolder } from './support/model-folder';
import { multiplier, named, numberColumn, signArtifact } from './support/served-models';
import { type Api, startApi } from './support/start-api';

const folder = new ModelFolder();
const sign = signArtifact([numberColumn('x')]);
folder.put(named(sign, 'churn', '3'));
// Version 4 has one more column, version 5 the same.
folder.put(named(signArtifact([numberColumn('x'), numberColumn('y')]), 'churn', '4'));
folder.put(named(sign, 'churn', '5'));
folder.put(named(multiplier(2), 'times', '2'));
folder.put(named(multiplier(3), 'times', '3'));

let api: Api;
afterEach(() => api?.close());
afterAll(() => folder.remove());

const serve = async (variables: Readonly<Record<string, string>>): Promise<void> => {
  api = await startApi({ RATE_LIMIT: '1000', ARTIFACTS_DIR: folder.path, ...variables });
};

/** What /metrics says, once so many rows have been compared. */
async function shadowMetrics(rows: number): Promise<Readonly<Record<string, number>>> {
  for (let tries = 0; tries < 100; tries++) {
    const { text } = await api.http().get('/metrics');
    const found = Object.fromEntries(
      [...text.matchAll(/^inferserve_shadow_(\w+)\{(.*)\} (\S+)$/gm)].map(
        ([, name, labels, value]) => [
          `${name} ${/outcome="(\w+)"/.exec(labels!)?.[1] ?? ''}`.trim(),
          Number(value),
        ],
      ),
    );
    const count = Object.entries(found).reduce(
      (sum, [name, value]) => sum + (name.startsWith('rows_total') ? value : 0),
      0,
    );
    if (count >= rows) return found;
    await sleep(10);
  }
  throw new Error('the shadow did not score the rows');
}

describe('SHADOW', () => {
  test('scores the same rows, alone and in batches; clients get the answers of what is served', async () => {
    await serve({ MODELS: 'times@2', SHADOW: 'times@3' });
    for (const x of [0, 1, -10]) {
      const { body, headers } = await api.predict({ x });
      expect([body, headers['x-model-version']]).toEqual([{ predicted_value: 2 * x }, '2']);
    }
    await api
      .http()
      .post('/predict/batch')
      .send({ instances: [{ x: 0 }, { y: 1 }, { x: 4 }] });
    // 0 is 0 either way; the others differ by x: 1, 10 and 4. The faulty row was not answered.
    expect(await shadowMetrics(5)).toEqual({
      'rows_total agree': 2,
      'rows_total differ': 3,
      'rows_total error': 0,
      'rows_total dropped': 0,
      agreement_ratio: 0.4,
      largest_gap: 10,
    });
    // It is not served, and its answers are not counted as predictions.
    expect((await api.http().post('/models/times/versions/3/predict').send({ x: 1 })).status).toBe(
      404,
    );
    const { text } = await api.http().get('/metrics');
    expect(text).toContain('inferserve_predictions_total{model="times",version="2"} 5');
    expect(text).not.toContain('inferserve_predictions_total{model="times",version="3"}');
  });

  test('compares classes and probabilities, also over the Open Inference Protocol', async () => {
    await serve({ MODELS: 'churn@3', SHADOW: 'churn@5' });
    await api.predict({ x: 2 });
    await api
      .http()
      .post('/v2/models/churn/infer')
      .send({ inputs: [{ name: 'x', shape: [2], datatype: 'FP64', data: [1, -1] }] })
      .expect(200);
    expect(await shadowMetrics(3)).toMatchObject({
      'rows_total agree': 3,
      agreement_ratio: 1,
      largest_gap: 0,
    });
  });

  test.each([
    ['/v1/models/times:predict', { instances: [[0], { x: 4 }] }, 'application/json'],
    ['/invocations', { dataframe_split: { columns: ['x'], data: [[0], [4]] } }, 'application/json'],
    ['/invocations', 'x\n0\n4\n', 'text/csv'],
  ])('scores what %s answered (%j)', async (path, body, type) => {
    await serve({ MODELS: 'times@2', SHADOW: 'times@3', PROTOCOLS: 'v1,mlflow' });
    const answer = await api.http().post(path).set('content-type', type).send(body);
    expect(answer.body).toEqual({ predictions: [0, 8] });
    // Refused as a whole, so nothing of it was answered.
    await api
      .http()
      .post('/v1/models/times:predict')
      .send({ instances: [[1], ['a']] })
      .expect(400);
    expect(await shadowMetrics(2)).toMatchObject({
      'rows_total agree': 1,
      'rows_total differ': 1,
      'rows_total error': 0,
      largest_gap: 4,
    });
  });

  test('one that cannot read the rows is counted, and reaches no client', async () => {
    await serve({ MODELS: 'churn@3', SHADOW: 'churn@4' });
    expect((await api.predict({ x: 2 })).body).toEqual({ predicted_class: 1 });
    expect(await shadowMetrics(1)).toMatchObject({ 'rows_total error': 1, agreement_ratio: 1 });
  });

  test('one that cannot be loaded is logged, and nothing else', async () => {
    await serve({ MODELS: 'churn@3', SHADOW: 'churn@9' });
    expect((await api.predict({ x: 2 })).status).toBe(200);
    expect((await api.http().get('/health/ready')).status).toBe(200);
    expect(api.logLines.join('')).toMatch(/No shadow of churn: .*Versions there: 3, 4, 5/);
  });
});
