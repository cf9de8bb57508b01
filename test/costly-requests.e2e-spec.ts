import { type Artifact, formatArtifact, sealArtifact } from '@inferserve/model';
import { ModelRegistry } from '@inferserve/inference';
import { MemoryModelStore } from '@inferserve/model-store';
import { buildTrees } from '../libs/model/src/predictors/trees/build-trees';
import { numberColumn, signArtifact } from './support/served-models';
import { type Api, startApi } from './support/start-api';

let api: Api;
afterEach(() => api?.close());

async function serve(artifact: Artifact): Promise<void> {
  const { name, version } = artifact;
  const store = new MemoryModelStore();
  await store.write(name, version, formatArtifact(artifact));
  api = await startApi({ MODEL_NAME: name }, undefined, store);
}

describe('a model of a thousand columns', () => {
  const WIDTH = 1000;
  const columns = Array.from({ length: WIDTH }, (_, j) => numberColumn(`column ${j}`));
  const artifact = signArtifact(columns, Array<number>(WIDTH).fill(1));

  test('lists a hundred faults of a row, and counts the others', async () => {
    await serve(artifact);
    const { status, body } = await api.predict({ 'column 7': 1 });
    expect(status).toBe(422);
    expect(body.detail).toHaveLength(101);
    expect(body.detail[100]).toEqual({
      loc: ['body'],
      msg: `${WIDTH - 1 - 100} more columns have faults`,
      type: 'too_many_faults',
    });
  });

  test('answers ten thousand empty rows in the time of a few, and in two megabytes', async () => {
    await serve(artifact);
    const send = () =>
      api
        .http()
        .post('/predict/batch')
        .send({ instances: Array.from({ length: 10_000 }, () => ({})) });
    // These 30 kB took minutes, and had ten million faults in the answer.
    const before = process.cpuUsage();
    const { text } = await send();
    const { user } = process.cpuUsage(before);
    expect(text.length).toBeLessThan(2_000_000);
    expect(user / 1e6).toBeLessThan(5);
  }, 60_000);

  test('has a page that is made once, however its address is written', async () => {
    await serve(artifact);
    const model = api.app.get(ModelRegistry).default;
    const { columns: own } = model;
    let reads = 0;
    Object.defineProperty(model, 'columns', { get: () => (reads++, own) });
    const readsFor = async (...paths: readonly string[]): Promise<number> => {
      reads = 0;
      for (const path of paths) expect((await api.http().get(path)).status).toBe(200);
      return reads;
    };
    const paths = ['models', 'models', 'MODELS', 'moDels'].map((models) => `/${models}/sign/page`);
    const once = await readsFor(paths[0]!);
    expect(once).toBeGreaterThan(0);
    expect(await readsFor(...paths)).toBe(0);
    expect(await readsFor('/models/sign/versions/1/page', '/MODELS/sign/versions/1/PAGE')).toBe(
      once,
    );
    const [odd, plain] = await Promise.all(
      ['/MODELS/sign/PAGE', '/models/sign/page'].map((path) => api.http().get(path)),
    );
    expect(odd!.text).toBe(plain!.text);
  }, 60_000);

  test('has a page that says what happened since it was made', async () => {
    await serve(artifact);
    const page = async () => (await api.http().get('/models/sign/page')).text;
    expect(await page()).toContain('Nobody has asked since');
    await api.predict(Object.fromEntries(columns.map(({ name }) => [name, 1])));
    expect(await page()).not.toContain('Nobody has asked since');
  });
});

describe('explanations of a tree of 131,071 nodes, at 10 ns each', () => {
  /** The rows that five seconds are enough for. */
  const MOST = 3814;
  const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ x: i / count }));
  const message = `This model has "explanation" for at most ${MOST} rows of one request`;

  test('are for so many rows of a request', async () => {
    await serve(completeTree(16));
    const ask = (instances: readonly object[]) =>
      api.http().post('/predict/batch?include=explanation').send({ instances });
    expect((await ask(rows(5))).body.predictions[4].explanation.base).toBeCloseTo(0.5, 12);
    const { status, body } = await ask(rows(MOST + 1));
    expect([status, body.detail]).toEqual([
      422,
      [{ loc: ['query', 'include'], msg: message, type: 'too_long' }],
    ]);
    // Without explanations any number may come.
    const plain = api
      .http()
      .post('/predict/batch')
      .send({ instances: rows(MOST + 1) });
    expect((await plain).status).toBe(200);
  }, 30_000);

  test('also by the Open Inference Protocol', async () => {
    await serve(completeTree(16));
    const ask = (count: number) => {
      const data = rows(count).map(({ x }) => x);
      const inputs = [{ name: 'x', shape: [count], datatype: 'FP64', data }];
      return api
        .http()
        .post('/v2/models/tree/infer')
        .send({ inputs, outputs: [{ name: 'explanation' }] });
    };
    expect((await ask(5)).status).toBe(200);
    const { status, body } = await ask(MOST + 1);
    expect([status, body]).toEqual([400, { error: `outputs[0]: ${message}` }]);
  }, 30_000);
});

/** A tree that answers 0 or 1, half of its leaves each, with as many training rows in every leaf. */
function completeTree(depth: number): Artifact {
  const inner = 2 ** depth - 1;
  const count = 2 * inner + 1;
  const nodes = Array.from({ length: count }, (_, i) => i);
  const level = (i: number): number => Math.floor(Math.log2(i + 1));
  const predictor = buildTrees(
    [
      {
        left: nodes.map((i) => (i < inner ? 2 * i + 1 : -1)),
        right: nodes.map((i) => (i < inner ? 2 * i + 2 : -1)),
        feature: nodes.map(() => 0),
        // Halves of what the tests above have left of 0 to 1.
        threshold: nodes.map((i) => (2 * (i + 1 - 2 ** level(i)) + 1) / 2 ** (level(i) + 1)),
        values: nodes.map((i) => i % 2),
        weight: nodes.map((i) => 2 ** (depth - level(i))),
      },
    ],
    {
      precision: 'float64',
      comparison: '<=',
      missing: 'reject',
      infinite: 'reject',
      combine: { type: 'sum', base: [0] },
      width: 1,
      leafWidth: 1,
    },
  );
  return sealArtifact({
    name: 'tree',
    version: '1',
    task: 'regression',
    columns: [numberColumn('x')],
    pipeline: [],
    predictor,
    output: { type: 'identity' },
    verification: { tolerance: 1e-12, cases: [{ input: [0], value: 1 }] },
    provenance: { source: 'imported' },
  });
}
