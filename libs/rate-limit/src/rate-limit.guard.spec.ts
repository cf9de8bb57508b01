import { Controller, type ExecutionContext, HttpException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { SkipThrottle, Throttle, type ThrottlerModuleOptions } from '@nestjs/throttler';
import { RateLimitGuard } from './rate-limit.guard';
import type { RateLimitObserver } from './rate-limit-observer';
import { RedisUnavailableError } from './redis-unavailable.error';
import { SlidingWindowMemoryStorage } from './sliding-window-memory.storage';

@Controller()
class Routes {
  plain(): void {}

  @Throttle({ predict: { limit: 1 } })
  stricter(): void {}

  @SkipThrottle({ predict: true })
  free(): void {}

  @Throttle({ predict: { limit: () => 3 } })
  dynamic(): void {}
}

const DEFAULTS: ThrottlerModuleOptions = [{ name: 'predict', limit: 2, ttl: 60_000 }];

describe(RateLimitGuard.name, () => {
  const decided: string[] = [];
  const observer: RateLimitObserver = {
    decided: (outcome, backend) => decided.push(`${outcome} by ${backend}`),
    redisFailed: jest.fn(),
    breakerChanged: jest.fn(),
  };
  const headers = new Map<string, unknown>();

  beforeEach(() => {
    decided.length = 0;
    headers.clear();
  });

  async function guard(
    options = DEFAULTS,
    storage: object = new SlidingWindowMemoryStorage(),
    onRedisFailure: 'local' | 'open' | 'closed' = 'local',
  ): Promise<(handler: keyof Routes, ip?: string) => Promise<number>> {
    const subject = new RateLimitGuard(
      options,
      storage as SlidingWindowMemoryStorage,
      new Reflector(),
      {
        limit: 2,
        windowMs: 60_000,
        onRedisFailure,
        observer,
      },
    );
    await subject.onModuleInit();
    return async (handler, ip = '192.0.2.1') => {
      const context = {
        getHandler: () => Routes.prototype[handler],
        getClass: () => Routes,
        switchToHttp: () => ({
          getRequest: () => ({ ip, socket: { remoteAddress: ip } }),
          getResponse: () => ({
            setHeader: (name: string, value: unknown) => headers.set(name, value),
          }),
        }),
      } as unknown as ExecutionContext;
      try {
        return (await subject.canActivate(context)) ? 200 : 403;
      } catch (error) {
        if (error instanceof HttpException) return error.getStatus();
        throw error;
      }
    };
  }

  test('enforces the configured limit, per client', async () => {
    const request = await guard();
    expect([await request('plain'), await request('plain'), await request('plain')]).toEqual([
      200, 200, 429,
    ]);
    expect(await request('plain', '192.0.2.2')).toBe(200);
    expect(decided).toEqual([
      'accepted by memory',
      'accepted by memory',
      'refused by memory',
      'accepted by memory',
    ]);
  });

  test('routes count together, and @Throttle can make one stricter', async () => {
    const request = await guard();
    expect(await request('plain')).toBe(200);
    expect(await request('stricter')).toBe(429);
    expect(await request('plain')).toBe(200);
  });

  test('@SkipThrottle frees a route', async () => {
    const request = await guard();
    for (let i = 0; i < 5; i++) expect(await request('free')).toBe(200);
    expect(headers.size).toBe(0);
  });

  test('a limit that is a function is resolved for each request, as the parent does', async () => {
    const request = await guard();
    const results = [];
    for (let i = 0; i < 4; i++) results.push(await request('dynamic'));
    expect(results).toEqual([200, 200, 200, 429]);
    expect(headers.get('X-RateLimit-Limit')).toBe(3);
  });

  test("options that look at each request are the parent's to apply", async () => {
    const request = await guard([{ name: 'predict', limit: 1, ttl: 60_000, skipIf: () => true }]);
    expect([await request('plain'), await request('plain')]).toEqual([200, 200]);
  });

  describe('where Redis cannot decide', () => {
    const failing = {
      increment: () => Promise.reject(new RedisUnavailableError()),
    };

    test('"open" lets the request pass, without headers that would be untrue', async () => {
      const request = await guard(DEFAULTS, failing, 'open');
      expect(await request('plain')).toBe(200);
      expect(headers.size).toBe(0);
      expect(decided).toEqual(['unlimited by memory']);
    });

    test('"closed" answers 503 and when to come back', async () => {
      const request = await guard(DEFAULTS, failing, 'closed');
      expect(await request('plain')).toBe(503);
      expect(headers.get('Retry-After')).toBe(1);
      expect(decided).toEqual(['unavailable by memory']);
    });

    test('any other fault is not swallowed', async () => {
      const broken = { increment: () => Promise.reject(new Error('a bug')) };
      const request = await guard(DEFAULTS, broken, 'open');
      await expect(request('plain')).rejects.toThrow('a bug');
    });
  });
});
