import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PYTHON } from '../models/prepare.mjs';
import { run } from './processes.mjs';

const SERVERS = fileURLToPath(new URL('../servers/', import.meta.url));

export const LIMIT = 10;
export const WINDOW_SECONDS = 60;

/** A server of this folder that is told all in one JSON argument. */
export function peer(file, more = () => ({})) {
  return {
    unavailable: () => undefined,
    command: (settings) => ({
      command: settings.node,
      args: [
        ...(settings.nodeArgs ?? []),
        join(SERVERS, file),
        peerSettings(settings, more(settings)),
      ],
      env: { NODE_ENV: 'production' },
    }),
  };
}

function peerSettings({ app, port, redisPort }, more) {
  return JSON.stringify({
    port,
    redisPort,
    ...more,
    limit: LIMIT,
    windowMs: WINDOW_SECONDS * 1000,
    artifact: join(app, 'artifacts/iris/1/model.json'),
    slidingWindow: join(app, 'dist/libs/rate-limit/src/sliding-window.lua.js'),
  });
}

export function python(file = 'original.py', more = () => ({})) {
  const modules = 'fastapi, uvicorn, sklearn, redis';
  return {
    unavailable: () =>
      run(PYTHON, ['-c', `import ${modules}`]) === undefined
        ? 'python3-fastapi, python3-uvicorn, python3-sklearn and python3-redis are not all installed'
        : undefined,
    command: (settings) => ({
      command: PYTHON,
      args: [join(SERVERS, file), peerSettings(settings, more(settings))],
      env: {},
    }),
  };
}

/** The server under test as it runs in production. */
export function ours(more) {
  return {
    isOurs: true,
    unavailable: ({ app }) => (existsSync(main(app)) ? undefined : `${main(app)} is not built`),
    command: ({ node, app, port, redisPort, models, nodeArgs = [] }) => ({
      command: node,
      // A profile names files and packages, which a bundle has not.
      args: [
        ...nodeFlags(app),
        ...nodeArgs,
        nodeArgs.includes('--cpu-prof') ? unbundled(app) : main(app),
      ],
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
        ...(typeof more === 'function' ? more({ models }) : more),
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
  const bundle = join(app, 'dist/server.js');
  // An older checkout has no bundle.
  return existsSync(bundle) ? bundle : unbundled(app);
}

function unbundled(app) {
  return join(app, 'dist/apps/api/src/main.js');
}
