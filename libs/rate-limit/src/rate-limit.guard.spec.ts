import { Controller, type ExecutionContext, HttpException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { SkipThrottle, Throttle, type ThrottlerModuleOptions } from '@nestjs/throttler';
import { LimiterUnavailableException } from './limiter-unavailable.exception';
import { RateLimitException } from './rate-limit.exception';
import { RateLimitGuard } from './rate-limit.guard';
import type { RateLimitObserver } from './rate-limit-observer';
import { RedisUnavailableError } from './redis-unavailable.error';
import { SlidingWindowMemoryStorage } from './sliding-window-memory.storage';

@Controller()
class Routes {
  plain(): void {}

  @Throttle({ predict: { limit: 1 } })
  stricter(): void {}

  @Throttle({ predict: { ttl: 2_000 } })
  slower(): void {}

  @Throttle({ predict: { limit: 20_000 } })
  huge(): void {}

  @SkipThrottle({ predict: true })
  free(): void {}

  @Throttle({ predict: { limit: () => 3 } })
  dynamic(): void {}
}

const DEFAULTS: ThrottlerModuleOptions = [{ name: 'predict', limit: 2, ttl: 60_000 }];

/** Takes clients by the name that the test gives as their address. */
class NamedGuard extends RateLimitGuard {
  own?: { readonly limit: number; readonly windowMs: number };

  override canActivate(context: ExecutionContext): Promise<boolean> {
    const { ip } = context.switchToHttp().getRequest<{ ip: string }>();
    return ip.startsWith('@')
      ? this.limitByName(context, ip, this.own)
      : super.canActivate(context);
  }
}

describe(RateLimitGuard.name, () => {
  const decided: string[] = [];
  const observer: RateLimitObserver = {
    decided: (outcome, backend, _, reason) =>
      decided.push(`${outcome} by ${backend}${reason ? ` (${reason})` : ''}`),
    redisFailed: jest.fn(),
    breakersOpen: jest.fn(),
  };
  const headers = new Map<string, unknown>();
  let thrown: unknown;

  beforeEach(() => {
    decided.length = 0;
    headers.clear();
  });

  async function guard(
    options = DEFAULTS,
    storage: object = new SlidingWindowMemoryStorage(),
    onRedisFailure: 'local' | 'open' | 'closed' = 'local',
    limit = 2,
    own?: NamedGuard['own'],
  ): Promise<(handler: keyof Routes, ip?: string) => Promise<number>> {
    const subject = new NamedGuard(
      options,
      storage as SlidingWindowMemoryStorage,
      new Reflector(),
      {
        limit,
        windowMs: 60_000,
        onRedisFailure,
        keyPrefix: 'shop',
        observer,
      },
    );
    subject.own = own;
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
        thrown = error;
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

  test('a client with a name has a count of its own, at its own limit where it has one', async () => {
    const byDefault = await guard();
    expect([await byDefault('plain', '@a'), await byDefault('plain', '@a')]).toEqual([200, 200]);
    expect(await byDefault('plain', '@a')).toBe(429);
    expect([await byDefault('plain', '@b'), await byDefault('plain')]).toEqual([200, 200]);
    const own = await guard(DEFAULTS, undefined, 'local', 0, { limit: 1, windowMs: 1_000 });
    expect([await own('plain', '@a'), await own('plain', '@a')]).toEqual([200, 429]);
    expect(thrown).toMatchObject({ limit: 1, windowMs: 1_000 });
    expect([await own('plain'), await own('plain'), await own('plain')]).toEqual([200, 200, 200]);
    expect(await own('free', '@a')).toBe(200);
  });

  test('a refusal carries its data, and the headers say the same', async () => {
    const request = await guard();
    await request('stricter');
    expect(await request('stricter')).toBe(429);
    expect(thrown).toMatchObject({ limit: 1, windowMs: 60_000, retryAfterSeconds: 60 });
    expect(thrown).toBeInstanceOf(RateLimitException);
    expect(Object.fromEntries(headers)).toEqual({
      'X-RateLimit-Limit': 1,
      'X-RateLimit-Remaining': 0,
      'X-RateLimit-Reset': 60,
      'Retry-After': 60,
    });
  });

  test('a refusal costs no stack trace, and other errors keep theirs', async () => {
    const before = Error.stackTraceLimit;
    const request = await guard();
    await request('stricter');
    await request('stricter');
    expect((thrown as Error).stack).not.toMatch(/\n\s+at /);
    expect(Error.stackTraceLimit).toBe(before);
  });

  test('the key names prefix, policy, window and form of the count', async () => {
    const keys: string[] = [];
    const recording = {
      increment: (key: string) => {
        keys.push(key);
        return Promise.resolve({
          backend: 'redis',
          totalHits: 1,
          timeToExpire: 1,
          isBlocked: false,
        });
      },
    };
    const request = await guard(DEFAULTS, recording);
    await request('plain');
    await request('slower');
    await request('huge');
    await request('dynamic');
    expect(keys).toEqual([
      'shop:predict:60s:requests:192.0.2.1',
      'shop:predict:2s:requests:192.0.2.1',
      'shop:predict:60s:buckets:192.0.2.1',
      'shop:predict:60s:requests:192.0.2.1',
    ]);
  });

  test('a limit of 0 switches the limit off, without headers and whatever a route says', async () => {
    const request = await guard(DEFAULTS, undefined, 'local', 0);
    for (let i = 0; i < 5; i++) expect(await request('stricter')).toBe(200);
    expect(headers.size).toBe(0);
    expect(decided).toEqual([]);
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
      expect(decided).toEqual(['unlimited by memory (outage)']);
    });

    test('"closed" answers 503 and when to come back', async () => {
      const request = await guard(DEFAULTS, failing, 'closed');
      expect(await request('plain')).toBe(503);
      expect(headers.get('Retry-After')).toBe(1);
      expect(thrown).toBeInstanceOf(LimiterUnavailableException);
      expect(thrown).toMatchObject({ retryAfterSeconds: 1 });
      expect(decided).toEqual(['unavailable by memory (outage)']);
    });

    test('any other fault is not swallowed', async () => {
      const broken = { increment: () => Promise.reject(new Error('a bug')) };
      const request = await guard(DEFAULTS, broken, 'open');
      await expect(request('plain')).rejects.toThrow('a bug');
    });
  });
});
