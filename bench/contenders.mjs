import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './harness/processes.mjs';

const SERVERS = fileURLToPath(new URL('servers/', import.meta.url));
const PYTHON = '/usr/bin/python3';

export const LIMIT = 10;
export const WINDOW_SECONDS = 60;

const ONE_LINE = 'one JSON line a request';
const ALL = 'of requests, predictions and limiter';
const EVERYTHING = { log: ONE_LINE, metrics: ALL, requestId: true };

/**
 * What is measured, in the order of the table. `also` says which work a contender does besides checking the
 * body, limiting and answering; `kind` is the load that it gets.
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
    ...peer('floor.mjs', { batched: true }),
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
    ...peer('fastify.mjs', { oneLine: false }),
  },
  {
    id: 'fastify-one-line',
    name: 'Fastify, one log line a request',
    also: EVERYTHING,
    kind: 'predict',
    ...peer('fastify.mjs', { oneLine: true }),
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
];

/** A server of this folder that is told all in one JSON argument. */
function peer(file, more = {}) {
  return {
    unavailable: () => undefined,
    command: ({ node, app, port, redisPort, nodeArgs = [] }) => ({
      command: node,
      args: [...nodeArgs, join(SERVERS, file), peerSettings({ app, port, redisPort, ...more })],
      env: { NODE_ENV: 'production' },
    }),
  };
}

function peerSettings({ app, ...settings }) {
  return JSON.stringify({
    ...settings,
    limit: LIMIT,
    windowMs: WINDOW_SECONDS * 1000,
    artifact: join(app, 'artifacts/iris/1/model.json'),
    slidingWindow: join(app, 'dist/libs/rate-limit/src/sliding-window.lua.js'),
  });
}

function python() {
  const modules = 'fastapi, uvicorn, sklearn, redis';
  return {
    unavailable: () =>
      run(PYTHON, ['-c', `import ${modules}`]) === undefined
        ? 'python3-fastapi, python3-uvicorn, python3-sklearn and python3-redis are not all installed'
        : undefined,
    command: ({ app, port, redisPort }) => ({
      command: PYTHON,
      args: [join(SERVERS, 'original.py'), peerSettings({ app, port, redisPort })],
      env: {},
    }),
  };
}

/** The server under test as it runs in production. */
function ours(more) {
  return {
    isOurs: true,
    unavailable: ({ app }) => (existsSync(main(app)) ? undefined : `${main(app)} is not built`),
    command: ({ node, app, port, redisPort, nodeArgs = [] }) => ({
      command: node,
      args: [...nodeFlags(app), ...nodeArgs, main(app)],
      cwd: app,
      env: {
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(port),
        REDIS_HOST: '127.0.0.1',
        REDIS_PORT: String(redisPort),
        TRUST_PROXY: '1',
        RATE_LIMIT: String(LIMIT),
        RATE_LIMIT_WINDOW_SECONDS: String(WINDOW_SECONDS),
        SHUTDOWN_DELAY_SECONDS: '0',
        LOG_LEVEL: 'info',
        LOG_FORMAT: 'json',
        ...more,
      },
    }),
  };
}

/** V8's flags as in production; an older checkout has none. */
function nodeFlags(app) {
  const { scripts } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  return /node (--.+) dist\//.exec(scripts.start)?.[1].split(' ') ?? [];
}

function main(app) {
  return join(app, 'dist/apps/api/src/main.js');
}
