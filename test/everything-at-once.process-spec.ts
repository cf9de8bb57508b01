import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { importModel, type ImportOptions } from '@inferserve/model-import';
import { type Artifact, formatArtifact } from '@inferserve/model';
import { FolderModelStore } from '@inferserve/model-store';
import { ApiProcess } from './support/api-process';
import { freePort } from './support/free-port';
import { ModelFolder } from './support/model-folder';
import { irisReference, irisReferenceArtifact } from './support/reference-models';
import { multiplier, named } from './support/served-models';

jest.setTimeout(60_000);

const CONNECTIONS = 8;
const SWAPS = 12;
const JSON_TYPE = { 'content-type': 'application/json' };

/** A request, and what scikit-learn (or, for `times`, arithmetic) answers to it. */
interface Question {
  readonly path: string;
  readonly body: object;
  /** Whether an answer by this version is right. */
  isRight(body: unknown, version: string): boolean;
}

interface Known {
  readonly input: Readonly<Record<string, unknown>>;
  readonly predicted_class?: string;
  readonly predicted_value?: number;
}

const example = (folder: string, file: string) => join('examples', folder, file);
const bytesOf = (path: string) => ({ name: path, bytes: readFileSync(path) });
const imported = (name: string, path: string, more: Partial<ImportOptions> = {}): Artifact =>
  importModel({ file: bytesOf(path), name, version: '1', importer: 'test', ...more }).artifact;
const answersOf = (folder: string): readonly Known[] =>
  JSON.parse(readFileSync(example(folder, 'answers.json'), 'utf8')) as Known[];

const folder = new ModelFolder();
const store = new FolderModelStore(folder.path);
afterAll(async () => {
  await ApiProcess.stopAll();
  folder.remove();
});

const put = (artifact: Artifact): Promise<unknown> =>
  store.write(artifact.name, artifact.version, formatArtifact(artifact));

const isNear = (value: unknown, expected: number): boolean =>
  typeof value === 'number' && Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected));

/** The same rows over every protocol that is on. */
function questions(): readonly Question[] {
  const { X, predict, targetNames } = irisReference();
  const flowers = X.slice(0, 12).map((row, i) => ({ row, label: targetNames[predict[i]!]! }));
  const churn = answersOf('churn');
  const price = answersOf('house-price');
  const spam = answersOf('spam-filter');
  const tensor = (row: readonly number[]) => ({
    inputs: [{ name: 'input-0', shape: [1, 4], datatype: 'FP64', data: row }],
  });
  const output = (body: unknown): unknown =>
    (body as { outputs: { data: unknown[] }[] }).outputs[0]?.data[0];
  const first = (body: unknown): unknown => (body as { predictions: unknown[] }).predictions[0];
  return [
    ...flowers.flatMap(({ row, label }): Question[] => [
      {
        path: '/v2/models/iris/infer',
        body: tensor(row),
        isRight: (body) => output(body) === label,
      },
      {
        path: '/invocations',
        body: { instances: [row] },
        isRight: (body) => first(body) === label,
      },
    ]),
    ...churn.flatMap(({ input, predicted_class }): Question[] => [
      {
        path: '/models/churn/predict',
        body: input,
        isRight: (body) => (body as Known).predicted_class === predicted_class,
      },
      {
        path: '/v1/models/churn:predict',
        body: { instances: [input] },
        isRight: (body) => first(body) === predicted_class,
      },
    ]),
    ...price.map(({ input, predicted_value }): Question => ({
      path: '/models/price/predict',
      body: input,
      isRight: (body) => isNear((body as Known).predicted_value, predicted_value!),
    })),
    ...spam.map(({ input, predicted_class }): Question => ({
      path: '/v1/models/spam:predict',
      body: { instances: [input] },
      isRight: (body) => first(body) === predicted_class,
    })),
    ...[1, -2, 3.5].map((x): Question => ({
      path: '/models/times/predict',
      body: { x },
      isRight: (body, version) => (body as Known).predicted_value === x * Number(version),
    })),
  ];
}

test('five models of different kinds over four protocols, under load, with swaps and a wrong version', async () => {
  const churn = imported('churn', example('churn', 'churn.joblib'));
  const price = imported('price', example('house-price', 'house-price.pkl'));
  const models = [
    named(irisReferenceArtifact(), 'iris', '1'),
    churn,
    price,
    imported('spam', example('spam-filter', 'spam.pkl'), {
      before: [bytesOf(example('spam-filter', 'vectorizer.pkl'))],
      features: ['text'],
    }),
    multiplier(1),
  ];
  for (const model of models) await put(model);
  const adminPort = await freePort();
  const api = await ApiProcess.start({
    ARTIFACTS_DIR: folder.path,
    MODELS: 'iris,churn,price,spam,times',
    PROTOCOLS: 'native,v2,v1,mlflow',
    ADMIN_PORT: String(adminPort),
    RATE_LIMIT: '0',
    LOG_LEVEL: 'info',
  });
  const load = async (name: string): Promise<[number, unknown]> => {
    const path = `http://127.0.0.1:${adminPort}/v2/repository/models/${name}/load`;
    const response = await fetch(path, { method: 'POST' });
    return [response.status, await response.json()];
  };

  const asked = questions();
  const wrong: string[] = [];
  const counts = new Map<string, number>();
  const over = new AbortController();
  let next = 0;
  const ask = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const { path, body, isRight } = asked[next++ % asked.length]!;
      const { status, text, headers } = await api.send(
        'POST',
        path,
        JSON.stringify(body),
        JSON_TYPE,
      );
      const version = String(headers['x-model-version']);
      if (status !== 200 || !isRight(JSON.parse(text), version))
        wrong.push(`${path} ${version}: ${status} ${text}`);
      const model = /models\/(\w+)/.exec(path)?.[1] ?? 'iris';
      const key = `${model} ${version}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  };
  const asking = Promise.all(Array.from({ length: CONNECTIONS }, ask));

  for (let version = 2; version <= SWAPS + 1; version++) {
    await put(multiplier(version));
    expect(await load('times')).toEqual([200, {}]);
    await put(named(churn, 'churn', String(version)));
    expect(await load('churn')).toEqual([200, {}]);
    await sleep(100);
  }
  // It says of itself what another model answers: never served.
  const lying = named(price, 'price', '2');
  const text = formatArtifact({
    ...lying,
    verification: {
      ...lying.verification,
      cases: lying.verification.cases.map((stated) => ({ ...stated, value: 1 })),
    },
  } as Artifact);
  await store.write('price', '2', text);
  expect(await load('price')).toMatchObject([400, { error: expect.any(String) }]);
  await sleep(300);
  over.abort();
  await asking;

  expect(wrong.slice(0, 5)).toEqual([]);
  expect(new Set([...counts.keys()].map((key) => key.split(' ')[0]))).toEqual(
    new Set(['iris', 'churn', 'price', 'spam', 'times']),
  );
  expect([...counts.keys()].filter((key) => key.startsWith('price'))).toEqual(['price 1']);
  expect([...counts.keys()].filter((key) => key.startsWith('times')).length).toBeGreaterThan(
    SWAPS / 2,
  );
  const metrics = (await api.get('/metrics')).text;
  expect(metrics).toContain(`inferserve_model_reloads_total{outcome="loaded"} ${2 * SWAPS}`);
  expect(metrics).toContain('inferserve_model_reloads_total{outcome="rejected"} 1');
  const counted = new Map<string, number>();
  for (const [, model, version, count] of metrics.matchAll(
    /^inferserve_predictions_total\{model="(\w+)",version="(\w+)".*\} (\d+)$/gm,
  )) {
    const key = `${model} ${version}`;
    counted.set(key, (counted.get(key) ?? 0) + Number(count));
  }
  expect(Object.fromEntries([...counted].filter(([, count]) => count > 0))).toEqual(
    Object.fromEntries(counts),
  );
});
