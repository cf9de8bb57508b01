import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, SETOSA } from './start-api';

const REFUSAL = {
  detail: 'Rate limit exceeded. Please try again later. Limit is 10 requests per minute.',
};

/** What the limiter promises through HTTP, whatever store is behind it. */
export function limiterCases(start: (variables?: Record<string, string>) => Promise<Api>): void {
  let api: Api;
  afterEach(() => api.close());

  const statuses = async (count: number, body?: string): Promise<number[]> => {
    const results: number[] = [];
    for (let i = 0; i < count; i++) results.push((await api.predict(body)).status);
    return results;
  };

  test('ten requests pass, the eleventh gets the published body', async () => {
    api = await start();
    for (let remaining = 9; remaining >= 0; remaining--) {
      const response = await api.predict();
      expect(response.status).toBe(200);
      expect(response.headers).toMatchObject({
        'x-ratelimit-limit': '10',
        'x-ratelimit-remaining': String(remaining),
      });
    }
    const refused = await api.predict();
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual(REFUSAL);
    expect(refused.headers).toMatchObject({
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '0',
    });
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers['x-ratelimit-reset']).toBe(String(seconds));
  });

  test('malformed requests count, and a refused one is not even parsed', async () => {
    api = await start();
    expect(await statuses(10, '{"broken')).toEqual(Array(10).fill(422));
    expect(await statuses(2, '{"broken')).toEqual([429, 429]);
    expect((await api.predict(SETOSA, { 'content-type': 'text/plain' })).status).toBe(429);
  });

  test('the window slides, refused requests do not count, and waiting Retry-After suffices', async () => {
    api = await start({ RATE_LIMIT: '2', RATE_LIMIT_WINDOW_SECONDS: '1' });
    const accepted: number[] = [];
    let longestPause = 0;
    let last = performance.now();
    const until = last + 2_200;
    while (last < until) {
      const { status } = await api.predict();
      const now = performance.now();
      if (status === 200) accepted.push(now);
      longestPause = Math.max(longestPause, now - last);
      last = now;
      await sleep(20);
    }
    // Two in any second, and no later than the first look after a place is free.
    expect(accepted.length).toBeGreaterThan(4);
    for (let i = 2; i < accepted.length; i++) {
      const gap = accepted[i]! - accepted[i - 2]!;
      expect(gap).toBeGreaterThanOrEqual(990 - longestPause);
      expect(gap).toBeLessThanOrEqual(1_010 + 2 * longestPause);
    }
    let refused = await api.predict();
    while (refused.status === 200) refused = await api.predict();
    expect(refused.body.detail).toContain('Limit is 2 requests per second.');
    await sleep(Number(refused.headers['retry-after']) * 1000);
    expect(await statuses(1)).toEqual([200]);
  });

  test('of 100 requests at once exactly ten pass', async () => {
    api = await start();
    const responses = await Promise.all(Array.from({ length: 100 }, () => api.predict()));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(90);
  });

  test('clients are counted apart, by the address that TRUST_PROXY allows', async () => {
    api = await start({ RATE_LIMIT: '1', TRUST_PROXY: '1' });
    const from = async (address: string) =>
      (await api.predict(SETOSA, { 'x-forwarded-for': address })).status;
    expect(await from('203.0.113.7')).toBe(200);
    expect(await from('203.0.113.8')).toBe(200);
    expect(await from('203.0.113.7')).toBe(429);
    expect(await from('1.2.3.4, 203.0.113.8')).toBe(429);
    expect(await from('::ffff:203.0.113.7')).toBe(429);
    expect(await from('203.0.113.7:5555')).toBe(429);
    expect(await from('2001:db8:1:2::1')).toBe(200);
    expect(await from('2001:db8:1:2:ffff::9')).toBe(429);
    expect(await from('2001:db8:1:3::1')).toBe(200);
  });

  test('nothing but predictions is limited', async () => {
    api = await start({ RATE_LIMIT: '1' });
    expect(await statuses(2)).toEqual([200, 429]);
    for (const path of [
      '/',
      '/docs',
      '/docs-json',
      '/docs-yaml',
      '/health/live',
      '/health/ready',
      '/metrics',
    ]) {
      for (let i = 0; i < 3; i++) {
        const response = await api.http().get(path);
        expect([path, response.status]).toEqual([path, 200]);
        expect(response.headers).not.toHaveProperty('x-ratelimit-limit');
      }
    }
  });
}
