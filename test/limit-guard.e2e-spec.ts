import { Controller, type ExecutionContext, HttpException, type Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  SkipThrottle,
  Throttle,
  ThrottlerGuard,
  type ThrottlerModuleOptions,
} from '@nestjs/throttler';
import { RateLimitGuard } from '@inferserve/rate-limit';
import fc from 'fast-check';
import { SlidingWindowMemoryStorage } from '../libs/rate-limit/src/sliding-window-memory.storage';

const SEED = 20261123;

@Controller()
class Routes {
  plain(): void {}

  @Throttle({ default: { limit: 1 } })
  stricter(): void {}

  @Throttle({ default: { limit: 4, ttl: 30_000 } })
  slower(): void {}

  @Throttle({ default: { limit: () => 2 } })
  dynamic(): void {}

  @SkipThrottle()
  free(): void {}
}

@SkipThrottle()
@Controller()
class FreeRoutes {
  plain(): void {}

  @SkipThrottle({ default: false })
  limited(): void {}
}

describe('RateLimitGuard against ThrottlerGuard', () => {
  interface Step {
    readonly type: Type<object>;
    readonly handler: string;
    readonly ip: string;
    readonly gapMs: number;
  }
  interface Outcome {
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
  }

  /** The outcomes of a guard whose storage has a clock of the test's. */
  async function outcomes(
    create: (storage: SlidingWindowMemoryStorage) => ThrottlerGuard,
    steps: readonly Step[],
  ): Promise<Outcome[]> {
    let now = 0;
    const guard = create(new SlidingWindowMemoryStorage(1000, () => now));
    await guard.onModuleInit();
    const results: Outcome[] = [];
    for (const { type, handler, ip, gapMs } of steps) {
      now += gapMs;
      const headers: Record<string, unknown> = {};
      const request = { ip, headers: {}, socket: { remoteAddress: '127.0.0.1' } };
      const response = { setHeader: (name: string, value: unknown) => (headers[name] = value) };
      const prototype = type.prototype as Record<string, () => void>;
      const context = {
        getType: () => 'http',
        getHandler: () => prototype[handler],
        getClass: () => type,
        switchToHttp: () => ({ getRequest: () => request, getResponse: () => response }),
      } as unknown as ExecutionContext;
      const status = await guard.canActivate(context).then(
        (passes) => (passes ? 200 : 403),
        (error: unknown) => {
          if (error instanceof HttpException) return error.getStatus();
          throw error;
        },
      );
      results.push({ status, headers });
    }
    return results;
  }

  const step: fc.Arbitrary<Step> = fc.record({
    type: fc.constant<Type<object>>(Routes),
    handler: fc.constantFrom('plain', 'stricter', 'slower', 'dynamic', 'free'),
    ip: fc.constantFrom(
      '192.0.2.1',
      '192.0.2.2',
      '::ffff:192.0.2.1',
      '2001:db8:0:1::1',
      '2001:db8:0:1:ffff::9',
      '2001:db8:0:2::1',
      '::1',
    ),
    gapMs: fc.constantFrom(0, 0, 1, 500, 1000, 9_999, 10_000, 10_001, 30_000),
  });
  const otherStep: fc.Arbitrary<Step> = fc.record({
    type: fc.constant<Type<object>>(FreeRoutes),
    handler: fc.constantFrom('plain', 'limited'),
    ip: fc.constantFrom('192.0.2.1', '192.0.2.2'),
    gapMs: fc.constantFrom(0, 1, 9_999),
  });

  test('the same decisions, and the same headers on what is accepted', async () => {
    const throttlers = [{ limit: 3, ttl: 10_000 }];
    // All routes count together here; the stock guard counts each apart unless it is told.
    // Ours keep windows of different lengths apart, so that none forgets what another still needs.
    const together = (context: ExecutionContext, tracker: string): string =>
      context.getHandler().name === 'slower' ? `${tracker} slower` : tracker;
    const reflector = new Reflector();
    const ours = (storage: SlidingWindowMemoryStorage): ThrottlerGuard =>
      new RateLimitGuard(
        throttlers.map((throttler) => ({ ...throttler, name: 'default' })),
        storage,
        reflector,
        {
          limit: 3,
          windowMs: 10_000,
          onRedisFailure: 'local',
        },
      );
    const stock = (storage: SlidingWindowMemoryStorage): ThrottlerGuard =>
      new ThrottlerGuard(
        { throttlers, generateKey: together } as ThrottlerModuleOptions,
        storage,
        reflector,
      );
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 5, arbitrary: step }, { weight: 1, arbitrary: otherStep }), {
          minLength: 1,
          maxLength: 40,
          size: 'max',
        }),
        async (steps) => {
          const expected = await outcomes(stock, steps);
          const actual = await outcomes(ours, steps);
          expect(actual.map(({ status }) => status)).toEqual(expected.map(({ status }) => status));
          for (const [i, { status, headers }] of expected.entries()) {
            if (status === 200) expect(actual[i]!.headers).toEqual(headers);
            // The stock guard says nothing more to whom it refuses.
            else expect(actual[i]!.headers).toMatchObject(headers);
            if (status === 429) refusals += 1;
          }
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
    expect(refusals).toBeGreaterThan(150);
  });
});
