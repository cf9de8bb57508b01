import { gzipSync } from 'node:zlib';
import { Lifecycle } from '../apps/api/src/health/lifecycle';
import { MockRedis } from './support/mock-redis';
import { hold, rawRequest } from './support/raw-http';
import { IRIS, irisTensor, ReferenceServer } from './support/reference-server';

const server = new ReferenceServer();
const { rows: X } = IRIS;

describe('limits and states', () => {
  test('not ready while stopping; requests are still answered', async () => {
    await server.start();
    server.api.app.get(Lifecycle).beginStop();
    const { status, body } = await server.api.http().get('/v2/health/ready');
    expect([status, body]).toEqual([503, { ready: false, error: 'Not ready: shutdown' }]);
    expect((await server.api.http().get('/v2/health/live')).body).toEqual({ live: true });
    expect((await server.infer(irisTensor(X[0]))).status).toBe(200);
  });

  test('one count for all protocols, and {"error"} with Retry-After beyond it', async () => {
    await server.start({ RATE_LIMIT: '3' });
    expect((await server.api.predict()).status).toBe(200);
    expect((await server.infer('no JSON')).status).toBe(400);
    expect((await server.infer(irisTensor(X[0]))).headers['x-ratelimit-remaining']).toBe('0');
    const refused = await server.infer(irisTensor(X[0]));
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({ error: expect.stringMatching(/^Rate limit exceeded/) });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await server.api.predict()).status).toBe(429);
    for (const path of ['/v2', '/v2/models/reference', '/v2/health/ready']) {
      expect((await server.api.http().get(path)).status).toBe(200);
    }
  });

  test('413 {"error"} for a body that is too large, sent or inflated', async () => {
    await server.start({ BATCH_BODY_LIMIT: '20kb' });
    const message = { error: 'The body is larger than 20480 bytes.' };
    const large = await server.infer(' '.repeat(20_481));
    expect([large.status, large.body]).toEqual([413, message]);
    const bomb = gzipSync(Buffer.alloc(10_000_000, ' '));
    expect(bomb.length).toBeLessThan(20_480);
    const inflated = await server.api
      .http()
      .post('/v2/models/reference/infer')
      .set({ 'content-type': 'application/json', 'content-encoding': 'gzip' })
      .send(bomb);
    expect([inflated.status, inflated.body]).toEqual([413, message]);
  });

  test('415 {"error"} for types and encodings that are not supported', async () => {
    await server.start();
    for (const headers of [
      { 'content-type': 'text/xml' },
      { 'content-type': 'application/json; charset=latin1' },
      { 'content-encoding': 'br' },
    ] as readonly Record<string, string>[]) {
      const { status, body } = await server.infer(irisTensor(X[0]), headers);
      expect([status, body]).toEqual([415, { error: expect.stringMatching(/^Send /) }]);
    }
  });

  test('400 for more rows than allowed', async () => {
    await server.start({ MAX_BATCH_ROWS: '149' });
    const { status, body } = await server.infer(irisTensor(X, 'FP64', 150));
    expect([status, body]).toEqual([400, { error: 'inputs: There should be at most 149 rows' }]);
  });

  test('503 {"error"} under overload, but probes are answered', async () => {
    await server.start({ MAX_IN_FLIGHT: '1' });
    const port = Number(new URL(server.api.url).port);
    const head = rawRequest(JSON.stringify(irisTensor(X[0])), {}, '/v2/models/reference/infer');
    const held = hold(port, head.subarray(0, -1));
    while ((await server.infer(irisTensor(X[0]))).status === 200);
    const { status, body, headers } = await server.infer(irisTensor(X[0]));
    const error = 'The server is overloaded. Please try again shortly.';
    expect([status, body, headers['retry-after']]).toEqual([503, { error }, '1']);
    for (const [path, answer] of [
      ['/v2/health/live', [200, { live: true }]],
      ['/v2/models/reference/ready', [200, { name: 'reference', ready: true }]],
      ['/v2/models/reference/versions/1/ready', [200, { name: 'reference', ready: true }]],
      ['/v2/models/other/ready', [404, { error: 'No model of this name is served.' }]],
      // Describes the model, which is no probe.
      ['/v2/models/reference', [503, { error }]],
    ] as const) {
      const probe = await server.api.http().get(path);
      expect([path, [probe.status, probe.body]]).toEqual([path, answer]);
    }
    held.socket.destroy();
  });

  test('503 {"error"} where nothing can count requests', async () => {
    const redis = new MockRedis();
    redis.evalsha = () => Promise.reject(new Error('gone'));
    const variables = { REDIS_HOST: 'redis', RATE_LIMIT_ON_REDIS_FAILURE: 'closed' };
    await server.start(variables, { redis });
    const { status, body } = await server.infer(irisTensor(X[0]));
    const error = 'The rate limiter is unavailable. Please try again shortly.';
    expect([status, body]).toEqual([503, { error }]);
  });

  test('is logged and measured by the pattern of its route', async () => {
    await server.start();
    await server.infer(irisTensor(X, 'FP64', 150));
    await server.api.http().get('/v2/health/live');
    const { text } = await server.api.http().get('/metrics');
    const route = '/v2/models/:model/infer';
    expect(text).toMatch(
      new RegExp(`http_request_duration_seconds_count\\{.*route="${route}".*\\} 1`),
    );
    expect(text).toContain(
      'inferserve_predictions_total{model="reference",version="1",predicted_class="setosa"} 50',
    );
    const lines = server.api.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const requests = lines.filter(({ msg }) => msg === 'request');
    expect(requests.map(({ route: logged }) => logged)).toEqual([route]);
  });
});

describe('PROTOCOLS', () => {
  test('leaves out what it does not name', async () => {
    await server.start({ PROTOCOLS: 'native' });
    expect((await server.api.http().get('/v2')).body).toEqual({ detail: 'Not Found' });
    await server.api.close();
    await server.start({ PROTOCOLS: 'v2' });
    expect((await server.api.predict()).status).toBe(404);
    expect((await server.infer(irisTensor(X[0]))).status).toBe(200);
    const { body } = await server.api.http().get('/docs-json');
    expect(Object.keys(body.paths)).not.toContain('/predict');
  });
});
