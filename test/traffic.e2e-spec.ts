import { baselineArtifact, withBaseline } from './support/baseline-model';
import { ModelFolder } from './support/model-folder';
import { named, numberColumn, signArtifact } from './support/served-models';
import { type Api, startApi } from './support/start-api';

const PLAIN = { x: 1.5, city: 'Bonn', member: false };

const folder = new ModelFolder();
folder.put(named(baselineArtifact(), 'watched', '1'));
folder.put(named(withBaseline(baselineArtifact(), undefined), 'plain', '1'));
const ranged = [numberColumn('x', { observedMin: 0, observedMax: 5 }), numberColumn('y')];
folder.put(named(signArtifact(ranged), 'ranged', '1'));
folder.put(named(signArtifact([numberColumn('x')]), 'bare', '1'));

let api: Api;
beforeEach(async () => {
  api = await startApi({
    ARTIFACTS_DIR: folder.path,
    MODELS: '*',
    MODEL_NAME: 'watched',
    RATE_LIMIT: '0',
    PROTOCOLS: 'native,v2,v1,mlflow',
  });
});
afterEach(() => api?.close());
afterAll(() => folder.remove());

/** The samples of /metrics by name without its prefix and labels without model and version. */
async function metrics(): Promise<Readonly<Record<string, number>>> {
  const { text } = await api.http().get('/metrics');
  const samples = text.matchAll(
    /^inferserve_(\w+)\{model="watched",version="1"(?:,([^}]*))?\} (\S+)$/gm,
  );
  return Object.fromEntries(
    [...samples].map(([, name, labels = '', value]) => [`${name} ${labels}`.trim(), Number(value)]),
  );
}

const batch = (rows: readonly object[]) =>
  api.http().post('/predict/batch').send({ instances: rows });
const repeated = (row: object, times: number) => Array.from({ length: times }, () => row);

test('a stream that drifts raises the index of its column and of the predictions', async () => {
  // As the training rows were: as many in each tenth, half from each city. Predicted is 1 but for the rows below 0.
  const likeTraining = Array.from({ length: 200 }, (_, i) => ({
    ...PLAIN,
    x: (i % 10) + 0.5,
    city: i % 2 === 0 ? 'Bonn' : 'Köln',
  }));
  await batch(likeTraining);
  expect(await metrics()).toMatchObject({
    traffic_window_rows: 200,
    'column_stability_index column="x"': expect.closeTo(0, 12),
    'column_stability_index column="city"': expect.closeTo(0, 12),
    'column_stability_index column="member"': 0,
  });
  await batch(repeated({ ...PLAIN, x: -3, city: 'Rome' }, 200));
  const drifted = await metrics();
  expect(drifted).toMatchObject({
    traffic_window_rows: 400,
    'column_outside_total column="x",type="below_range"': 200,
    'column_outside_total column="x",type="above_range"': 0,
    'column_outside_total column="city",type="unseen"': 200,
    'column_outside_total column="city",type="missing"': 0,
  });
  // First tenth: 20 + 200 of 400 rows; the other nine 20 each:
  // (0.55 − 0.1) · ln 5.5 + 9 · (0.05 − 0.1) · ln 0.5 = 0.7671367 + 0.3119162.
  expect(drifted['column_stability_index column="x"']).toBeCloseTo(1.0790529, 6);
  // Unseen 0.5, each city 0.25: (0.5 − 0.0001) · ln 5000 + 2 · (0.25 − 0.5) · ln 0.5 = 4.2577447 + 0.3465736.
  expect(drifted['column_stability_index column="city"']).toBeCloseTo(4.6043183, 6);
  // Half of the rows are predicted 1, as in the training.
  expect(drifted['predictions_stability_index']).toBeCloseTo(0, 12);
});

test('rows count in every protocol, those that get no answer excepted', async () => {
  const above = { ...PLAIN, x: 11 };
  const tensors = [
    { name: 'x', shape: [1], datatype: 'FP64', data: [11] },
    { name: 'city', shape: [1], datatype: 'BYTES', data: ['Bonn'] },
    { name: 'member', shape: [1], datatype: 'BOOL', data: [false] },
  ];
  const answers = [
    await api.predict(above),
    await api.http().post('/models/watched/predict').send(above),
    await batch([above, { ...PLAIN, x: 'no' }]),
    await api.http().post('/v2/models/watched/infer').send({ inputs: tensors }),
    await api
      .http()
      .post('/v1/models/watched:predict')
      .send({ instances: [above] }),
    await api
      .http()
      .post('/invocations')
      .send({ dataframe_records: [above] }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  const refused = [
    await api.predict({ ...above, member: 3 }),
    await api
      .http()
      .post('/v1/models/watched:predict')
      .send({ instances: [above, { x: 11 }] }),
  ];
  expect(refused.map(({ status }) => status)).not.toContain(200);
  expect(await metrics()).toMatchObject({
    traffic_window_rows: 6,
    'column_outside_total column="x",type="above_range"': 6,
  });
});

test('the model says how its traffic compares; one without a baseline says nothing', async () => {
  await batch([PLAIN, { ...PLAIN, x: null }]);
  const { body } = await api.http().get('/models/watched');
  expect(body.baseline).toMatchObject({ rows: 1000, columns: { city: { shares: [0.5, 0.5] } } });
  expect(body.traffic).toMatchObject({
    window_seconds: 3600,
    rows: 2,
    columns: [
      { name: 'x', outside: { missing: 1, below_range: 0, above_range: 0 } },
      {
        name: 'city',
        bins: [
          { name: 'missing', expected: 0, count: 0 },
          { name: 'unseen', expected: 0, count: 0 },
          { name: 'Bonn', expected: 0.5, count: 2 },
          { name: 'Köln', expected: 0.5, count: 0 },
        ],
      },
      { name: 'member' },
    ],
  });
  expect(body.traffic.columns[0]).not.toHaveProperty('stability_index');
  const plain = await api.http().get('/models/plain');
  expect([plain.body.baseline, plain.body.traffic]).toEqual([undefined, undefined]);
  await api.http().post('/models/plain/predict').send(PLAIN);
  const { text } = await api.http().get('/metrics');
  expect(text).not.toMatch(/traffic_window_rows\{model="plain"/);
});

describe('?include=warnings', () => {
  const ask = (row: object, model = 'watched', include = 'warnings') =>
    api.http().post(`/models/${model}/predict?include=${include}`).send(row);

  test('names the columns of the row that lie outside, without their values', async () => {
    const { text } = await ask({ x: 10.75, city: 'Rome', member: false });
    expect(JSON.parse(text)).toEqual({
      predicted_class: 1,
      warnings: [
        {
          column: 'x',
          type: 'above_range',
          message: 'Value is above those of the training rows, which go from 0 to 10',
        },
        {
          column: 'city',
          type: 'unseen',
          message: 'Value is none of those of the training rows',
        },
      ],
    });
    expect(text).not.toMatch(/10\.75|Rome/);
    const types = async (row: object) =>
      ((await ask(row)).body.warnings as readonly { type: string }[]).map(({ type }) => type);
    expect(await types({ ...PLAIN, x: -1 })).toEqual(['below_range']);
    expect(await types({ ...PLAIN, x: null })).toEqual(['missing']);
    expect(await types({ ...PLAIN, x: 0, city: 'Köln' })).toEqual([]);
  });

  test('is for each row of a batch, and goes with probabilities', async () => {
    const { body } = await api
      .http()
      .post('/predict/batch?include=warnings,probabilities')
      .send({ instances: [{ ...PLAIN, x: 11 }, PLAIN, { ...PLAIN, member: 2 }] });
    expect(body.predictions).toEqual([
      {
        predicted_class: 1,
        probabilities: expect.any(Object),
        warnings: [expect.objectContaining({ column: 'x' })],
      },
      { predicted_class: 1, probabilities: expect.any(Object), warnings: [] },
      { error: [expect.any(Object)] },
    ]);
  });

  test('comes from what the columns say where there is no baseline, and is refused where they say nothing', async () => {
    // Its category accepts unknown values; its number has no range.
    const { body } = await ask({ ...PLAIN, x: 11, city: 'Rome' }, 'plain');
    expect(body.warnings).toEqual([expect.objectContaining({ column: 'city', type: 'unseen' })]);
    expect((await ask({ x: 6, y: 3 }, 'ranged')).body.warnings).toEqual([
      expect.objectContaining({ column: 'x', type: 'above_range' }),
    ]);
    const refused = await ask({ x: 1 }, 'bare');
    expect([refused.status, refused.body.detail]).toEqual([
      422,
      [
        {
          loc: ['query', 'include'],
          msg: 'This model knows nothing of its training rows: no baseline, no ranges',
          type: 'unavailable',
        },
      ],
    ]);
  });
});
