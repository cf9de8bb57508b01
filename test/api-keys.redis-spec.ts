import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiKeyLine, createApiKey } from '@inferserve/api-keys';
import type { Redis } from 'ioredis';
import { ApiProcess } from './support/api-process';
import { describeWithRedis, RedisServer } from './support/redis-server';

describeWithRedis('API keys of a running server', () => {
  let redis: RedisServer;
  let client: Redis;
  const folder = mkdtempSync(join(tmpdir(), 'inferserve-keys-'));
  const file = join(folder, 'keys');
  const [first, second] = [createApiKey(), createApiKey()];

  beforeAll(async () => {
    redis = await RedisServer.start();
    client = redis.client();
  });
  afterEach(async () => {
    await ApiProcess.stopAll();
    await client.flushall();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    client.disconnect();
    await redis.stop();
  });

  const start = (variables: Record<string, string> = {}): Promise<ApiProcess> => {
    writeFileSync(file, apiKeyLine('app', first, '4/minute'));
    return ApiProcess.start({
      ...redis.env,
      API_KEYS_FILE: file,
      AUTH: 'required',
      SHUTDOWN_DELAY_SECONDS: '0',
      ...variables,
    });
  };

  test('are read again on SIGHUP by every worker, which share their counts', async () => {
    const api = await start({ WEB_CONCURRENCY: '2' });
    await api.printed(/Listening[\s\S]*Listening/);
    expect((await api.predict({ 'x-api-key': second })).status).toBe(401);
    const lines = [apiKeyLine('app', first, '4/minute'), apiKeyLine('other', second, '4/minute')];
    writeFileSync(file, lines.join('\n'));
    api.signal('SIGHUP');
    await api.printed(/API keys of 2 clients[\s\S]*API keys of 2 clients/);
    for (const key of [first, second]) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => api.predict({ authorization: `Bearer ${key}` })),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
    }
    const { text } = await api.get('/metrics');
    expect(text).toContain('inferserve_api_key_requests_total{api_key="app",status="200"} 4');
    expect((await client.keys('*')).sort()).toEqual([
      // The wrong key, which counts against the address.
      expect.stringMatching(/:127\.0\.0\.1$/),
      expect.stringMatching(/:@app$/),
      expect.stringMatching(/:@other$/),
    ]);
    api.signal('SIGTERM');
    expect(await api.exited()).toBe(0);
  });

  test('a bad file is reported and changes nothing; no key is ever in the log', async () => {
    const api = await start({ RATE_LIMIT: '0' });
    writeFileSync(file, `app ${first}`);
    api.signal('SIGHUP');
    await api.printed(/line 1: behind the name stands the SHA-256.*The API keys stay as they were/);
    const { status, headers } = await api.predict({ 'x-api-key': first });
    expect([status, headers['x-ratelimit-limit']]).toEqual([200, '4']);
    api.signal('SIGTERM');
    expect(await api.exited()).toBe(0);
    expect(api.log).toContain('"apiKey":"app"');
    expect(api.log).not.toContain(first);
  });
});
