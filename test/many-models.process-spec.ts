import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Artifact, columnKind, formatArtifact, sealArtifact } from '@inferserve/model';
import { FolderModelStore } from '@inferserve/model-store';
import { ApiProcess } from './support/api-process';
import { freePort } from './support/free-port';
import { ModelFolder } from './support/model-folder';
import { irisReference, irisReferenceArtifact } from './support/reference-models';
import { multiplier, named } from './support/served-models';
import { importReference, readReference, sendable } from './support/tabular-reference';

jest.setTimeout(60_000);

const DIRECTORY = join(__dirname, 'reference/tabular');
const CONNECTIONS = 16;
const LAST_VERSION = 10;
const WRONG_VERSION = 6;

type Value = string | number | boolean | null;
type Row = Readonly<Record<string, Value>>;

/** A model, rows for it, and what the library that made it answers; `times` answers by the version that it is asked in. */
interface Model {
  readonly artifact: Artifact;
  readonly rows: readonly Row[];
  readonly expected: (row: number, version: number) => Value;
}

const REFERENCE = new Map(readReference(DIRECTORY).map((model) => [model.id, model]));

function scikitLearn(name: string, id: string): Model {
  const model = REFERENCE.get(id)!;
  const artifact = named(importReference(DIRECTORY, model, model.files[0]!.file), name, '1');
  const rows = model.rows.filter(({ error }) => !error);
  return {
    artifact,
    // Columns that the pipeline drops are none of the artifact's.
    rows: rows.map(({ input }) => {
      const row = sendable(artifact, input);
      return Object.fromEntries(artifact.columns.map(({ name: column }) => [column, row[column]!]));
    }),
    expected: (row) => rows[row]!.predict!,
  };
}

function iris(): Model {
  const { X, predict, targetNames } = irisReference();
  const artifact = named(irisReferenceArtifact(), 'linear', '1');
  return {
    artifact,
    rows: X.map((row) =>
      Object.fromEntries(artifact.columns.map(({ name }, j) => [name, row[j]!])),
    ),
    expected: (row) => targetNames[predict[row]!]!,
  };
}

const MODELS: readonly Model[] = [
  // First, so that it is the default, which is all that /invocations asks.
  {
    artifact: multiplier(1),
    rows: Array.from({ length: 50 }, (_, x) => ({ x })),
    expected: (x, version) => x * version,
  },
  iris(),
  scikitLearn('trees', 'gb-multiclass.sk190'),
  scikitLearn('pipeline', 'titanic-basic.sk142'),
  scikitLearn('text', 'text-tfidf-lr.sk190'),
  scikitLearn('regressor', 'reg-svr-rbf.sk142'),
];

/** Version `v` of `times` that claims to answer `v` times the number, and does not. */
function wrongMultiplier(version: number): Artifact {
  const { contentHash: _, format: _f, schemaVersion: _s, ...content } = multiplier(version);
  const predictor = { type: 'linear' as const, coefficients: [[version + 1]], intercepts: [0] };
  return sealArtifact({ ...content, predictor });
}

interface Prediction {
  readonly predicted_class?: Value;
  readonly predicted_value?: number;
}
interface Body extends Prediction {
  readonly predictions: readonly Value[] & readonly Prediction[];
  readonly outputs: readonly { readonly name: string; readonly data: readonly Value[] }[];
}

interface Route {
  readonly path: (name: string) => string;
  readonly body: (rows: readonly Row[], artifact: Artifact) => unknown;
  readonly answers: (body: Body) => readonly (Value | undefined)[];
}

const answerOf = ({ predicted_class: label, predicted_value: value }: Prediction) => label ?? value;

const ROUTES: readonly Route[] = [
  {
    path: (name) => `/models/${name}/predict/batch`,
    body: (instances) => ({ instances }),
    answers: ({ predictions }) => predictions.map(answerOf),
  },
  {
    path: (name) => `/v2/models/${name}/infer`,
    body: (rows, { columns }) => ({
      inputs: columns.map((column) => ({
        name: column.name,
        shape: [rows.length],
        datatype: columnKind(column).datatype(column),
        data: rows.map((row) => row[column.name]),
      })),
    }),
    answers: ({ outputs }) => outputs.find(({ name }) => name === 'predict')!.data,
  },
  {
    path: (name) => `/v1/models/${name}:predict`,
    body: (instances) => ({ instances }),
    answers: ({ predictions }) => predictions,
  },
];
const SINGLE: Route = {
  path: (name) => `/models/${name}/predict`,
  body: ([row]) => row,
  answers: (body) => [answerOf(body)],
};
const INVOCATIONS: Route = {
  path: () => '/invocations',
  body: (rows) => ({ dataframe_records: rows }),
  answers: ({ predictions }) => predictions,
};

const isRight = (answer: Value | undefined, expected: Value): boolean =>
  typeof expected === 'number' && typeof answer === 'number'
    ? Math.abs(answer - expected) <= 1e-12 * Math.max(1, Math.abs(expected))
    : answer === expected;

const folder = new ModelFolder();
afterAll(async () => {
  await ApiProcess.stopAll();
  folder.remove();
});

test('six models on all routes under load, while one of them is swapped: no error, no wrong answer', async () => {
  for (const { artifact } of MODELS) folder.put(artifact);
  const port = await freePort();
  const api = await ApiProcess.start({
    ARTIFACTS_DIR: folder.path,
    MODELS: MODELS.map(({ artifact }) => artifact.name).join(),
    PROTOCOLS: 'native,v2,v1,mlflow',
    ADMIN_PORT: String(port),
    RATE_LIMIT: '0',
  });

  const failures: string[] = [];
  /** Rows that were answered, by model and version. */
  const answered = new Map<string, number>();
  // What is asked once a version is loaded is answered by no older one.
  const progress = { turn: 0, loaded: 1, isOver: false };
  const targets = MODELS.flatMap((model, i) =>
    [SINGLE, ...ROUTES, ...(i === 0 ? [INVOCATIONS] : [])].map((route) => ({ model, route })),
  );
  const ask = async (turn: number): Promise<void> => {
    const { model, route } = targets[turn % targets.length]!;
    const { name } = model.artifact;
    const start = turn % model.rows.length;
    const least = name === 'times' ? progress.loaded : 1;
    const rows = model.rows.slice(start, route === SINGLE ? start + 1 : start + 3);
    const { status, text, headers } = await api.send(
      'POST',
      route.path(name),
      JSON.stringify(route.body(rows, model.artifact)),
      { 'content-type': 'application/json' },
    );
    const version = String(headers['x-model-version']);
    const answers = status === 200 ? route.answers(JSON.parse(text) as Body) : [];
    const areRight = rows.every((_, i) =>
      isRight(answers[i], model.expected(start + i, Number(version))),
    );
    if (!areRight || answers.length !== rows.length || Number(version) < least) {
      failures.push(`${route.path(name)}, rows from ${start}: ${status} ${text} by ${version}`);
    }
    const key = `${name}@${version}`;
    answered.set(key, (answered.get(key) ?? 0) + rows.length);
  };

  const clients = Array.from({ length: CONNECTIONS }, async () => {
    while (!progress.isOver) await ask(progress.turn++);
  });
  /** Until every route was asked from now on. */
  const round = async (): Promise<void> => {
    const end = progress.turn + targets.length + CONNECTIONS;
    while (progress.turn < end) await sleep(5);
  };
  const store = new FolderModelStore(folder.path);
  const load = async (artifact: Artifact): Promise<[number, unknown]> => {
    await store.write('times', artifact.version, formatArtifact(artifact));
    const url = `http://127.0.0.1:${port}/v2/repository/models/times/load`;
    const response = await fetch(url, { method: 'POST' });
    return [response.status, await response.json()];
  };
  try {
    await round();
    for (let version = 2; version <= LAST_VERSION; version++) {
      if (version === WRONG_VERSION) {
        expect(await load(wrongMultiplier(version))).toEqual([
          400,
          { error: expect.stringMatching(/verification\.cases/) },
        ]);
      } else {
        expect(await load(multiplier(version))).toEqual([200, {}]);
        progress.loaded = version;
        await round();
      }
    }
  } finally {
    progress.isOver = true;
    await Promise.all(clients);
  }

  expect(failures.slice(0, 5)).toEqual([]);
  const versions = Array.from({ length: LAST_VERSION }, (_, i) => i + 1);
  expect([...answered.keys()].sort()).toEqual(
    [
      ...versions.filter((version) => version !== WRONG_VERSION).map((v) => `times@${v}`),
      ...MODELS.slice(1).map(({ artifact }) => `${artifact.name}@1`),
    ].sort(),
  );
  const { text } = await api.get('/metrics');
  const counted = new Map<string, number>();
  for (const [, labels, count] of text.matchAll(/^inferserve_predictions_total\{(.*)\} (\d+)$/gm)) {
    const [, name, version] = /model="(.*?)",version="(.*?)"/.exec(labels!)!;
    const key = `${name}@${version}`;
    counted.set(key, (counted.get(key) ?? 0) + Number(count));
  }
  expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(answered));
  expect(text).toContain('inferserve_model_reloads_total{outcome="rejected"} 1');
  expect(text).toContain(`inferserve_model_reloads_total{outcome="loaded"} ${LAST_VERSION - 2}`);
});
