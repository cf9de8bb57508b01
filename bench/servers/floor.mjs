import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { Redis } from 'ioredis';
import { classify, isValid } from './model.mjs';
import { endOnSignal, settings } from './settings.mjs';

const { SLIDING_WINDOW_LUA: lua } = createRequire(import.meta.url)(settings.slidingWindow);
const redis = new Redis({ host: '127.0.0.1', port: settings.redisPort });
redis.defineCommand('slidingWindow', { numberOfKeys: 1, lua });

const server = createServer(async (request, response) => {
  if (request.method !== 'POST' || request.url !== '/predict') return answer(response, 404, {});
  const client = request.headers['x-forwarded-for'] ?? request.socket.remoteAddress;
  const { windowMs, limit } = settings;
  const [accepted] = await redis.slidingWindow(`ratelimit:${client}`, windowMs, limit);
  if (accepted === 0) {
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
