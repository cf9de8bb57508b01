import { join } from 'node:path';
import { ours, peer, python } from './harness/commands.mjs';

const ONE_LINE = 'one JSON line a request';
const ALL = 'of requests, predictions and limiter';
const EVERYTHING = { log: ONE_LINE, metrics: ALL, requestId: true };

/**
 * What is measured, in the order of the table. `also` says which work a contender does besides checking the
 * body, limiting and answering; `kind` is the load that it gets; `closedLoopOnly` leaves latency out.
 */
export const CONTENDERS = [
  {
    id: 'floor',
    name: 'bare node:http + ioredis',
    also: {},
    kind: 'predict',
    ...peer('floor.mjs'),
  },
  {
    id: 'floor-batched',
    name: 'bare, one script call a turn as ours',
    also: {},
    kind: 'predict',
    ...peer('floor.mjs', () => ({ batched: true })),
  },
  {
    id: 'ours',
    name: 'InferServe, Redis',
    also: EVERYTHING,
    kind: 'predict',
    ...ours({}),
  },
  {
    id: 'ours-memory',
    name: 'InferServe, memory',
    also: EVERYTHING,
    kind: 'predict',
    ...ours({ REDIS_HOST: '' }),
  },
  {
    id: 'ours-workers',
    name: 'InferServe, Redis, 2 workers',
    also: EVERYTHING,
    kind: 'predict',
    processes: 2,
    ...ours({ WEB_CONCURRENCY: '2' }),
  },
  {
    id: 'ours-flood',
    name: 'InferServe, refusals (429)',
    also: EVERYTHING,
    kind: 'flood',
    ...ours({}),
  },
  {
    id: 'ours-batch',
    name: 'InferServe, batches of 10,000 rows',
    also: EVERYTHING,
    kind: 'batch',
    ...ours({ MAX_BATCH_ROWS: '10000' }),
  },
  {
    id: 'fastify',
    name: 'Fastify + @fastify/rate-limit',
    also: { log: 'two JSON lines a request', metrics: ALL, requestId: true },
    kind: 'predict',
    ...peer('fastify.mjs', () => ({ oneLine: false })),
  },
  {
    id: 'fastify-one-line',
    name: 'Fastify, one log line a request',
    also: EVERYTHING,
    kind: 'predict',
    ...peer('fastify.mjs', () => ({ oneLine: true })),
  },
  {
    id: 'express',
    name: 'Express + express-rate-limit',
    also: {
      log: `${ONE_LINE} (pino-http)`,
      metrics: 'of requests and predictions',
      requestId: true,
    },
    kind: 'predict',
    ...peer('express.mjs'),
  },
  {
    id: 'nest',
    name: 'stock Nest + ThrottlerGuard + nest-lab',
    also: {
      log: `${ONE_LINE} (pino-http)`,
      metrics: 'of requests and predictions',
      requestId: true,
    },
    kind: 'predict',
    ...peer('nest.mjs'),
  },
  {
    id: 'python',
    name: 'FastAPI + scikit-learn',
    also: { log: 'one line of text a request' },
    kind: 'predict',
    ...python(),
  },
  {
    id: 'ours-oip-json',
    name: 'InferServe, Open Inference JSON',
    also: EVERYTHING,
    kind: 'oip-json',
    closedLoopOnly: true,
    ...ours({}),
  },
  {
    id: 'ours-oip-binary',
    name: 'InferServe, Open Inference binary',
    also: EVERYTHING,
    kind: 'oip-binary',
    closedLoopOnly: true,
    ...ours({}),
  },
  ...served('forest', 'forest of 100 trees', 'scikit-learn'),
  ...served('xgboost', 'XGBoost, 300 trees', 'XGBoost'),
  ...served('mixed', 'mixed columns', 'scikit-learn'),
];

/** A model of another kind, which `models/prepare.mjs` fits: here, in onnxruntime where it is trees, in Python. */
function served(kind, text, library) {
  const modelOf = ({ models }, ending) => join(models[kind].folder, `${kind}.${ending}`);
  const isFitted = ({ models }) =>
    models ? undefined : 'fastapi, scikit-learn, pandas and xgboost are not all there for python3';
  const files = (settings) => ({ description: modelOf(settings, 'json') });
  const onnx = peer('fastify.mjs', (settings) => ({
    oneLine: true,
    onnx: modelOf(settings, 'onnx'),
    ...files(settings),
  }));
  const original = python('tabular.py', (settings) => ({
    model: modelOf(settings, 'joblib'),
    ...files(settings),
  }));
  const own = ours(({ models }) => ({
    ARTIFACTS_DIR: join(models[kind].folder, 'artifacts'),
    MODEL_NAME: kind,
  }));
  const list = [
    { id: `ours-${kind}`, name: `InferServe: ${text}`, also: EVERYTHING, ...own },
    { id: `onnx-${kind}`, name: `Fastify + onnxruntime: ${text}`, also: EVERYTHING, ...onnx },
    {
      id: `python-${kind}`,
      name: `FastAPI + ${library}: ${text}`,
      also: { log: 'one line of text a request' },
      ...original,
    },
  ];
  return list
    .filter(({ id }) => id !== 'onnx-mixed')
    .map((each) => ({
      ...each,
      kind,
      needsModels: true,
      closedLoopOnly: true,
      unavailable: (settings) => isFitted(settings) ?? each.unavailable(settings),
    }));
}
