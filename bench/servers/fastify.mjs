import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import { Redis } from 'ioredis';
import { decided, predicted, registry, requested } from './metrics.mjs';
import { endOnSignal, settings } from './settings.mjs';

const { classify, FEATURES } = await import(settings.onnx ? './onnx-model.mjs' : './model.mjs');
const STARTED = Symbol('started');

const app = Fastify({
  logger: true,
  disableRequestLogging: settings.oneLine,
  // One hop, as everywhere here; Fastify takes a plain number for none.
  trustProxy: (_address, hop) => hop < 1,
  bodyLimit: 16 * 1024,
  requestIdHeader: 'x-request-id',
  genReqId: () => randomUUID(),
  ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
});
app.decorateRequest(STARTED, 0);
app.addHook('onRequest', (request, reply, done) => {
  request[STARTED] = performance.now();
  reply.header('X-Request-Id', request.id);
  done();
});
app.addHook('onResponse', (request, reply, done) => {
  const ms = performance.now() - request[STARTED];
  const route = request.routeOptions.url ?? 'unmatched';
  requested(request.method, route, reply.statusCode, ms / 1000);
  if (settings.oneLine) {
    request.log.info(
      { method: request.method, route, status: reply.statusCode, ms, client: request.ip },
      'request',
    );
  }
  done();
});
await app.register(rateLimit, {
  global: false,
  max: settings.limit,
  timeWindow: settings.windowMs,
  redis: new Redis({ host: '127.0.0.1', port: settings.redisPort }),
});

app.post('/predict', {
  config: { rateLimit: { onExceeded: (request) => decision(request, 'refused') } },
  // The limiter is an onRequest hook of the route; this is the next step after it.
  preParsing: (request, _reply, _payload, done) => {
    decision(request, 'accepted');
    done();
  },
  schema: {
    body: {
      type: 'object',
      properties: Object.fromEntries(FEATURES.map((name) => [name, { type: 'number' }])),
      required: FEATURES,
      additionalProperties: false,
    },
    response: {
      200: {
        type: 'object',
        properties: { predicted_class: { type: settings.onnx ? ['string', 'integer'] : 'string' } },
      },
    },
  },
  handler: settings.onnx
    ? async (request) => answer(await classify(request.body))
    : (request, reply) => {
        reply.send(answer(classify(request.body)));
      },
});
app.get('/metrics', () => registry.metrics());

function answer(predictedClass) {
  predicted(predictedClass);
  return { predicted_class: predictedClass };
}

function decision(request, outcome) {
  decided(outcome, (performance.now() - request[STARTED]) / 1000);
}

endOnSignal();
await app.listen({ port: settings.port, host: '127.0.0.1' });
