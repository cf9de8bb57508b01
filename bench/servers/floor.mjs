import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { Redis } from 'ioredis';
import { classify, isValid } from './model.mjs';
import { endOnSignal, settings } from './settings.mjs';

const { SLIDING_WINDOW_LUA: lua } = createRequire(import.meta.url)(settings.slidingWindow);
const redis = new Redis({ host: '127.0.0.1', port: settings.redisPort });
redis.defineCommand('slidingWindow', { lua });
const decide = settings.batched ? collected : alone;

const server = createServer(async (request, response) => {
  if (request.method !== 'POST' || request.url !== '/predict') return answer(response, 404, {});
  const client = request.headers['x-forwarded-for'] ?? request.socket.remoteAddress;
  if ((await decide(`ratelimit:${client}`)) === 0) {
    request.resume();
    return answer(response, 429, { detail: 'Rate limit exceeded.' });
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = parse(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    if (!isValid(body)) return answer(response, 422, { detail: 'invalid' });
    return answer(response, 200, { predicted_class: classify(body) });
  });
});

/** Whether a request is accepted, 0 or 1, by a script call of its own. */
async function alone(key) {
  const [accepted] = await redis.slidingWindow(1, key, settings.windowMs, settings.limit);
  return accepted;
}

let waiting = [];

/** The same by one script call for all requests of a turn of the event loop. */
function collected(key) {
  return new Promise((resolve) => {
    if (waiting.push({ key, resolve }) === 1) setImmediate(decideAll);
  });
}

async function decideAll() {
  const batch = waiting;
  waiting = [];
  const keys = batch.map(({ key }) => key);
  const replies = await redis.slidingWindow(
    keys.length,
    ...keys,
    settings.windowMs,
    settings.limit,
  );
  for (const [i, { resolve }] of batch.entries()) resolve(replies[3 * i]);
}

function parse(bytes) {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function answer(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

endOnSignal();
server.listen(settings.port, '127.0.0.1');
