import { modelsFolder } from './support/models-folder';
import { type Api, SETOSA, startApi } from './support/start-api';

const folder = modelsFolder();
let api: Api;
afterEach(() => api?.close());
afterAll(() => folder.remove());

const serve = async (variables: Readonly<Record<string, string>>): Promise<void> => {
  api = await startApi({ RATE_LIMIT: '1000', ARTIFACTS_DIR: folder.path, ...variables });
};
const SERVED = { MODELS: 'iris,churn@3,churn,price' };
const post = (path: string, body: object) => api.http().post(path).send(body);

describe('several models', () => {
  test('each answers under its name, and says which version that was', async () => {
    await serve(SERVED);
    const ask = async (path: string, body: object) => {
      const { status, body: answer, headers } = await post(path, body);
      return [status, answer, headers['x-model-version']];
    };
    expect(await ask('/predict', SETOSA)).toEqual([200, { predicted_class: 'setosa' }, '1']);
    expect(await ask('/models/iris/predict', SETOSA)).toEqual([
      200,
      { predicted_class: 'setosa' },
      '1',
    ]);
    expect(await ask('/models/price/predict', { x: 4 })).toEqual([
      200,
      { predicted_value: 8 },
      '1',
    ]);
    // The newest that is served, and the one that is asked for.
    expect(await ask('/models/churn/predict', { x: -1 })).toEqual([
      200,
      { predicted_class: 0 },
      '10',
    ]);
    expect(await ask('/models/churn/versions/3/predict', { age: 1, city: 'Rome' })).toEqual([
      200,
      { predicted_class: 1 },
      '3',
    ]);
    expect(
      await ask('/models/price/versions/1/predict/batch', { instances: [{ x: 1 }, {}] }),
    ).toEqual([
      200,
      {
        predictions: [
          { predicted_value: 2 },
          {
            error: [{ loc: ['body', 'instances', 1, 'x'], msg: 'Field required', type: 'missing' }],
          },
        ],
      },
      '1',
    ]);
    expect(await ask('/predict/batch', { instances: [SETOSA] })).toEqual([
      200,
      { predictions: [{ predicted_class: 'setosa' }] },
      '1',
    ]);
  });

  test.each([
    ['/models/pricee/predict', 'No model of this name is served. Did you mean "price"?'],
    ['/models/other/predict', 'No model of this name is served.'],
    ['/models/toString/predict/batch', 'No model of this name is served.'],
    ['/models/__proto__/versions/1/predict', 'No model of this name is served.'],
    [
      '/models/churn/versions/2/predict',
      'Model "churn" is not served in this version. Did you mean "10"?',
    ],
    [
      '/models/churn/versions/11/predict/batch',
      'Model "churn" is not served in this version. Did you mean "10"?',
    ],
  ])('%s is 404', async (path, detail) => {
    await serve(SERVED);
    const { status, body } = await post(path, {});
    expect([status, body]).toEqual([404, { detail }]);
  });

  test('what is not valid is explained for the model that is asked', async () => {
    await serve(SERVED);
    const { status, body } = await post('/models/churn/versions/3/predict', {
      age: 1,
      city: 'Bonn',
    });
    expect([status, body.detail[0].loc, body.detail[0].type]).toEqual([
      422,
      ['body', 'city'],
      'unknown_category',
    ]);
    const probabilities = await post('/models/price/predict?include=probabilities', { x: 1 });
    expect([probabilities.status, probabilities.body.detail[0].type]).toEqual([422, 'unavailable']);
    const get = await api.http().get('/models/price/predict');
    expect([get.status, get.headers['allow']]).toEqual([405, 'POST']);
  });

  test('the limit counts all routes together, GET /models not', async () => {
    await serve({ ...SERVED, RATE_LIMIT: '3' });
    await api.predict();
    await post('/models/price/predict', { x: 1 });
    await post('/models/nothing/predict/batch', {});
    const refused = await post('/models/churn/versions/10/predict', { x: 1 });
    expect([refused.status, (await api.predict()).status]).toEqual([429, 429]);
    expect((await api.http().get('/models')).status).toBe(200);
  });

  test('metrics tell models and versions apart', async () => {
    await serve(SERVED);
    await post('/models/churn/predict', { x: 1 });
    for (const x of [-1, 0.75, 1.5, 40]) await post('/models/price/predict', { x });
    const { text } = await api.http().get('/metrics');
    expect(text).toContain(
      'inferserve_predictions_total{model="churn",version="10",predicted_class="1"} 1',
    );
    expect(text).toContain(
      'inferserve_predictions_total{model="churn",version="3",predicted_class="1"} 0',
    );
    expect(text).toContain('inferserve_predictions_total{model="price",version="1"} 4');
    // The one stated answer is 3: the buckets are multiples of it, from 0.3 to 30. Predicted: -2, 1.5, 3 and 80.
    const bucket = (le: string) =>
      new RegExp(
        `inferserve_predicted_value_bucket\\{le="${le}",model="price",version="1"\\} (\\d)`,
      ).exec(text)?.[1];
    expect(['0.3', '1.5', '3', '30', '\\+Inf'].map(bucket)).toEqual(['1', '2', '3', '3', '4']);
    expect(text).toContain('inferserve_predicted_value_sum{model="price",version="1"} 82.5');
    expect(text).toContain('inferserve_model_info{model="price",version="1",content_hash="sha256:');
  });
});

describe('GET /models', () => {
  test('lists what is served', async () => {
    await serve(SERVED);
    const { body } = await api.http().get('/models').expect(200);
    expect(body.problems).toEqual([]);
    expect(body.models.map((model: object) => Object.values(model).slice(0, 4))).toEqual([
      ['iris', '1', 'classification', true],
      ['churn', '3', 'classification', false],
      ['churn', '10', 'classification', false],
      ['price', '1', 'regression', false],
    ]);
    expect(body.models[0].content_hash).toMatch(/^sha256:[\da-f]{64}$/);
  });

  test('describes a model: columns, classes, versions, provenance', async () => {
    await serve(SERVED);
    const { body } = await api.http().get('/models/churn/versions/3').expect(200);
    expect(body).toMatchObject({
      name: 'churn',
      version: '3',
      task: 'classification',
      default: false,
      columns: [
        {
          name: 'age',
          type: 'number',
          datatype: 'FP64',
          nullable: true,
          unit: 'years',
          observed_min: 18,
          observed_max: 90,
        },
        { name: 'city', type: 'category', datatype: 'BYTES', values: ['Oslo', 'Rome'] },
      ],
      classes: [0, 1],
      has_probabilities: true,
      example: { row: { age: 30, city: 'Rome' }, answer: { predicted_class: 1 } },
      provenance: { source: 'imported' },
      versions: { loaded: ['3', '10'], available: ['2', '3', '10'] },
    });
    const newest = await api.http().get('/models/churn');
    expect(newest.body.version).toBe('10');
    const iris = await api.http().get('/models/iris');
    expect(iris.body.default).toBe(true);
    const unknown = await api.http().get('/models/irsi');
    expect([unknown.status, unknown.body.detail]).toEqual([
      404,
      'No model of this name is served. Did you mean "iris"?',
    ]);
  });
});

describe('which models', () => {
  test('MODELS=* serves the newest of each; MODEL_NAME is the default', async () => {
    await serve({ MODELS: '*', MODEL_NAME: 'price' });
    const { body } = await api.http().get('/models');
    expect(body.models.map(({ name, version }: Record<string, string>) => [name, version])).toEqual(
      [
        ['churn', '10'],
        ['iris', '1'],
        ['other', '1'],
        ['price', '1'],
      ],
    );
    expect((await api.predict({ x: 1 })).body).toEqual({ predicted_value: 2 });
  });

  test('one that cannot be loaded leaves the others, and the server is not ready', async () => {
    await serve({ MODELS: 'price,absent,churn@9' });
    expect((await api.predict({ x: 1 })).status).toBe(200);
    const { status, body } = await api.http().get('/health/ready');
    expect([status, body.detail]).toEqual([503, 'Not ready: model']);
    expect(body.details.model).toMatchObject({
      status: 'down',
      name: 'price',
      missing: [
        { name: 'absent', reason: expect.stringContaining('cannot be read') },
        {
          name: 'churn',
          version: '9',
          reason: expect.stringContaining('Versions there: 2, 3, 10'),
        },
      ],
    });
    expect(JSON.stringify(body)).not.toContain(folder.path);
    expect((await api.http().get('/models')).body.problems).toHaveLength(2);
    expect(api.logLines.join('')).toContain('Model absent cannot be loaded, it is not served');
  });

  test('without its default model /predict is 503, and nothing else answers in its place', async () => {
    await serve({ MODELS: 'absent,price' });
    const { status, body } = await api.predict({ x: 1 });
    expect([status, body.detail]).toEqual([
      503,
      'The model is not loaded. Please try again later.',
    ]);
    expect((await post('/models/price/predict', { x: 1 })).status).toBe(200);
    expect((await api.http().get('/docs-json')).status).toBe(200);
    expect((await api.http().get('/')).body).toEqual({ message: 'Welcome to InferServe' });
  });

  test('none at all stops the start, unless models may come later', async () => {
    await expect(serve({ MODELS: 'absent,none' })).rejects.toThrow(/absent: cannot be read/);
    await serve({ MODELS: 'absent', MODEL_RELOAD_SECONDS: '60' });
    const { status, body } = await api.http().get('/health/ready');
    expect([status, body.details.model.reason]).toEqual([503, 'No model is loaded']);
  });
});
