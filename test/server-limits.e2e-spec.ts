import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, ApiProcess } from './support/api-process';
import { exchange, hold, parseAnswers, rawRequest } from './support/raw-http';
import { SETOSA } from './support/start-api';

const VALID = JSON.stringify(SETOSA);
const PROBES = ['/health/live', '/health/ready', '/metrics'];
const OVERLOADED = { detail: 'The server is overloaded. Please try again shortly.' };

jest.setTimeout(40_000);

let api: ApiProcess;
afterEach(() => api.stop());

/** A request whose body does not come. */
const unfinished = (): ReturnType<typeof hold> =>
  hold(api.port, rawRequest(VALID).subarray(0, -10));

/** Asks until the answer is as wanted, for at most five seconds: what came just now may not have been seen. */
async function eventually(
  ask: () => Promise<Answer>,
  wanted: (answer: Answer) => boolean,
): Promise<Answer> {
  const until = Date.now() + 5_000;
  for (;;) {
    const answer = await ask();
    if (wanted(answer) || Date.now() > until) return answer;
    await sleep(20);
  }
}

describe('time', () => {
  test('an idle connection is kept for longer than a load balancer keeps it', async () => {
    api = await ApiProcess.start();
    const { answers } = await exchange(api.port, rawRequest(VALID));
    expect(answers[0]!.headers).toMatchObject({
      connection: 'keep-alive',
      'keep-alive': 'timeout=65',
    });
  });
});

describe('size', () => {
  test('431 for a header of more than 8 KiB, 200 below', async () => {
    api = await ApiProcess.start();
    const withHeader = async (bytes: number): Promise<number | undefined> => {
      const request = rawRequest(VALID, { 'X-Large': 'x'.repeat(bytes) });
      return (await exchange(api.port, request)).answers[0]?.status;
    };
    expect([await withHeader(7_000), await withHeader(9_000)]).toEqual([200, 431]);
  });

  test('413 by the declared length, before the body is sent', async () => {
    api = await ApiProcess.start();
    const request = rawRequest('', { 'Content-Length': '1000000' });
    const { answers, closedByServer } = await exchange(api.port, request, {
      expect: 2,
      patienceMs: 5_000,
    });
    expect(answers.map(({ status }) => status)).toEqual([413]);
    expect(answers[0]!.headers['connection']).toBe('close');
    expect(closedByServer).toBe(true);
  });

  test('no more connections than MAX_CONNECTIONS; one that ends makes room', async () => {
    api = await ApiProcess.start({ MAX_CONNECTIONS: '5' });
    const held = Array.from({ length: 5 }, () => unfinished());
    await sleep(200);
    const sixth = await exchange(api.port, rawRequest(VALID), { patienceMs: 5_000 });
    expect([sixth.answers, sixth.closedByServer]).toEqual([[], true]);
    held[0]!.socket.destroy();
    await held[0]!.closed;
    const next = await eventually(
      () => api.predict().catch(() => ({ status: 0, headers: {}, text: '', ms: 0 })),
      ({ status }) => status !== 0,
    );
    expect(next.status).toBe(200);
    for (const { socket } of held) socket.destroy();
  });
});

describe('overload', () => {
  test('503 beyond MAX_IN_FLIGHT, never for probes; normal again afterwards', async () => {
    api = await ApiProcess.start({ MAX_IN_FLIGHT: '5', RATE_LIMIT: '1000' });
    expect((await api.predict()).status).toBe(200);
    const held = Array.from({ length: 5 }, () => unfinished());
    const shed = await eventually(
      () => api.predict(),
      ({ status }) => status === 503,
    );
    expect(shed.status).toBe(503);
    expect(JSON.parse(shed.text)).toEqual(OVERLOADED);
    expect(shed.headers).toMatchObject({ 'retry-after': '1', 'x-content-type-options': 'nosniff' });
    // Shed before it is counted, so that a retry does not use up the client's allowance.
    expect(shed.headers).not.toHaveProperty('x-ratelimit-remaining');
    const flood = await Promise.all(
      Array.from({ length: 50 }, (_, i) => (i % 2 ? api.predict() : api.get('/'))),
    );
    expect(new Set(flood.map(({ status }) => status))).toEqual(new Set([503]));
    for (const path of PROBES) {
      const answers = await Promise.all(Array.from({ length: 5 }, () => api.get(path)));
      expect([path, answers.map(({ status }) => status)]).toEqual([path, Array(5).fill(200)]);
    }

    // Three are finished, two go away; both count as over.
    for (const [i, { socket }] of held.entries()) {
      if (i < 3) socket.write(VALID.slice(-10));
      else socket.destroy();
    }
    const normal = await eventually(
      () => api.predict(),
      ({ status }) => status === 200,
    );
    expect(normal.status).toBe(200);
    // Six were accepted before: the first, and the five that were held.
    expect(Number(normal.headers['x-ratelimit-remaining'])).toBeLessThanOrEqual(1000 - 7);
    const finished = await Promise.all(
      held.slice(0, 3).map(async ({ received, socket }) => {
        for (let i = 0; i < 100 && parseAnswers(received()).answers.length === 0; i++)
          await sleep(20);
        socket.destroy();
        return parseAnswers(received()).answers[0]?.status;
      }),
    );
    expect(finished).toEqual([200, 200, 200]);
    const { text } = await api.get('/metrics');
    const counted = (status: number): number =>
      [...text.matchAll(new RegExp(`_seconds_count{[^}]*status="${status}"} (\\d+)`, 'g'))]
        .map((match) => Number(match[1]))
        .reduce((sum, count) => sum + count, 0);
    expect(counted(503)).toBeGreaterThanOrEqual(51);
    expect(counted(499)).toBe(2);
  }, 30_000);
});

describe('CORS', () => {
  const ALLOWED = 'https://a.example';
  const corsHeaders = ({ headers }: Answer): string[] =>
    Object.keys(headers).filter((name) => name.startsWith('access-control-'));
  const preflight = (origin: string, path = '/predict'): Promise<Answer> =>
    api.send('OPTIONS', path, '', {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    });

  test('is off unless it is asked for', async () => {
    api = await ApiProcess.start();
    for (const answer of [
      await api.predict({ origin: ALLOWED }),
      await preflight(ALLOWED),
      await preflight('null'),
    ]) {
      expect(corsHeaders(answer)).toEqual([]);
    }
  });

  test('lets the origins of CORS_ORIGINS in, with the headers of the limit, and no others', async () => {
    api = await ApiProcess.start({
      CORS_ORIGINS: `${ALLOWED}, https://b.example`,
      RATE_LIMIT: '3',
    });
    for (const origin of [ALLOWED, 'https://b.example']) {
      const allowed = await preflight(origin);
      expect(allowed.status).toBe(204);
      expect(allowed.headers['access-control-allow-origin']).toBe(origin);
      expect(allowed.headers['access-control-allow-methods']).toContain('POST');
      expect(allowed.headers['vary']).toMatch(/origin/i);
    }
    for (const origin of [
      'https://evil.example',
      'https://a.example.evil.example',
      'http://a.example',
      'null',
    ]) {
      expect((await preflight(origin)).headers).not.toHaveProperty('access-control-allow-origin');
    }
    const answers: Answer[] = [];
    for (let i = 0; i < 4; i++) answers.push(await api.predict({ origin: ALLOWED }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    for (const { headers } of answers) {
      expect(headers['access-control-allow-origin']).toBe(ALLOWED);
      const exposed = String(headers['access-control-expose-headers']).split(',');
      expect(exposed.map((name) => name.trim()).toSorted()).toEqual([
        'Retry-After',
        'X-Model-Version',
        'X-RateLimit-Limit',
        'X-RateLimit-Remaining',
        'X-RateLimit-Reset',
        'X-Request-Id',
      ]);
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
    const other = await api.predict({ origin: 'https://evil.example' });
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('lets every origin in with *, without credentials', async () => {
    api = await ApiProcess.start({ CORS_ORIGINS: '*' });
    for (const { headers } of [await preflight('https://any.example'), await preflight('null')]) {
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
    const answer = await api.predict({ origin: 'https://any.example' });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });
});

describe('security headers', () => {
  test('nosniff on every answer of the application, a policy on the page, and nothing of what it is made of', async () => {
    api = await ApiProcess.start({ RATE_LIMIT: '4', CORS_ORIGINS: 'https://a.example' });
    const type = { 'content-type': 'application/json' };
    const answers = [
      await api.predict(),
      await api.send('POST', '/predict', '{"broken', type),
      await api.send('POST', '/predict', VALID, { 'content-type': 'text/plain' }),
      await api.send('POST', '/predict', 'x'.repeat(20_000), type),
      await api.predict(),
      await api.send('POST', '/predict?', VALID, type),
      await api.send('PUT', '/predict', VALID, type),
      await api.send('OPTIONS', '/predict', '', {
        origin: 'https://a.example',
        'access-control-request-method': 'POST',
      }),
      ...(await Promise.all(
        [
          '/',
          '/nowhere',
          '/%zz',
          '/docs',
          '/docs/',
          '/docs/nowhere',
          '/docs-json',
          '/docs-yaml',
          ...PROBES,
        ].map((path) => api.get(path)),
      )),
    ];
    expect(answers.map(({ status }) => status).slice(0, 8)).toEqual([
      200, 422, 415, 413, 429, 429, 405, 204,
    ]);
    for (const { status, headers } of answers) {
      expect([status, headers['x-content-type-options']]).toEqual([status, 'nosniff']);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
    }
    for (const path of ['/docs', '/docs/swagger-ui-bundle.js']) {
      const policy = String((await api.get(path)).headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe|unsafe-eval/);
    }
  });
});
