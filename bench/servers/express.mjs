import express from 'express';
import { rateLimit } from 'express-rate-limit';
import { Redis } from 'ioredis';
import { RedisStore } from 'rate-limit-redis';
import { predicted, registry } from './metrics.mjs';
import { classify, isValid } from './model.mjs';
import { logRequests, measureRequests } from './request-log.mjs';
import { endOnSignal, settings } from './settings.mjs';

const redis = new Redis({ host: '127.0.0.1', port: settings.redisPort });
const app = express();
app.set('trust proxy', 1);
app.use(logRequests);
app.use(measureRequests);

const limiter = rateLimit({
  limit: settings.limit,
  windowMs: settings.windowMs,
  standardHeaders: false,
  legacyHeaders: true,
  store: new RedisStore({ sendCommand: (...command) => redis.call(...command) }),
});
app.post('/predict', limiter, express.json({ limit: '16kb' }), (request, response) => {
  if (!isValid(request.body)) return response.status(422).json({ detail: 'invalid' });
  const predictedClass = classify(request.body);
  predicted(predictedClass);
  return response.json({ predicted_class: predictedClass });
});
app.get('/metrics', async (_request, response) => response.send(await registry.metrics()));

endOnSignal();
app.listen(settings.port, '127.0.0.1');
