import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { ModelStore } from '@inferserve/model-store';
import { REDIS_CLIENT } from '@inferserve/rate-limit';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import supertest from 'supertest';
import { AppModule } from '../../apps/api/src/app.module';
import { APPLICATION_OPTIONS, configureApplication } from '../../apps/api/src/application';
import { environmentConfig } from '../../apps/api/src/settings/environment.config';
import { parseEnvironment } from '../../apps/api/src/settings/parse-environment';
import { requestLogThrough } from '../../apps/api/src/logging/request-log';
import { openModelStore } from '../../apps/api/src/models/open-model-store';
import { createHttpAdapter } from '../../apps/api/src/http/create-http-adapter';

import { PATH_OF_THIS_RUN } from './path-of-this-run';
import { SETOSA } from './setosa';

export { SETOSA };

/** The real application, listening on a free port of this process. */
export interface Api {
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly logLines: readonly string[];
  http(): ReturnType<typeof supertest>;
  predict(body?: object | string, headers?: Record<string, string>): supertest.Test;
  close(): Promise<void>;
}

/** Boots AppModule with these variables (and nothing of this machine's); Redis can be another client, the store another one. */
export async function startApi(
  variables: Readonly<Record<string, string>> = {},
  redis?: Redis,
  store?: ModelStore,
): Promise<Api> {
  const environment = parseEnvironment({ ...PATH_OF_THIS_RUN, ...variables });
  const models = store ?? (await openModelStore(environment));
  const builder = Test.createTestingModule({ imports: [AppModule.serving(environment, models)] })
    .overrideProvider(environmentConfig.KEY)
    .useValue(environment);
  if (redis) builder.overrideProvider(REDIS_CLIENT).useValue(redis);
  const module = await builder.compile();
  const logLines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => logLines.push(line) });
  const adapter = createHttpAdapter(environment);
  const app = module.createNestApplication<NestExpressApplication>(adapter, APPLICATION_OPTIONS);
  configureApplication(app, adapter, {
    logger,
    logRequest: requestLogThrough(logger),
    droppedLines: () => 0,
  });
  await app.listen(0, '127.0.0.1');
  const http = () => supertest(app.getHttpServer());
  return {
    app,
    url: await app.getUrl(),
    logLines,
    http,
    predict: (body = SETOSA, headers = {}) =>
      http()
        .post('/predict')
        .set({ 'content-type': 'application/json', ...headers })
        .send(typeof body === 'string' ? body : JSON.stringify(body)),
    close: () => app.close(),
  };
}
