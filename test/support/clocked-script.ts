import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { RedisServer } from './redis-server';

export interface Arrival {
  readonly atMs: number;
  readonly limit: number;
}

/** What a limiter says: whether it accepts, how many are in the window, when the next one is. */
export type Decision = readonly [accepted: number, used: number, resetMs: number];

/** Any time will do that needs as many digits as today's. */
export const START_MS = 1_790_000_000_000;

/** Gaps of every size against the window: bursts, the edges to a millisecond and other `edges`, long silences. */
export function gapFor(windowMs: number, ...edges: readonly number[]): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 0, 1) },
    { weight: 4, arbitrary: fc.nat({ max: Math.ceil(windowMs / 3) }) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(windowMs - 1, windowMs, windowMs + 1, ...edges),
    },
    { weight: 1, arbitrary: fc.nat({ max: windowMs * 3 }) },
  );
}

export function arrivalsOf(gaps: readonly number[], limit: number): Arrival[] {
  let atMs = START_MS;
  return gaps.map((gap) => ({ atMs: (atMs += gap), limit }));
}

export function acceptedTimes(
  arrivals: readonly Arrival[],
  decisions: readonly Decision[],
): number[] {
  return arrivals.filter((_, i) => decisions[i]![0] === 1).map(({ atMs }) => atMs);
}

/** A script of the limiter in a real Redis that decides by the times it is given instead of the clock. */
export class ClockedScript {
  private keys = 0;

  private constructor(
    private readonly redis: RedisServer,
    readonly client: Redis,
    private readonly sha: string,
  ) {}

  /** Only the clock and the life of keys, which have to outlive the test, are replaced. @throws where they are not found once */
  static async start(lua: string, expiry: string): Promise<ClockedScript> {
    const changes: readonly (readonly [string, string])[] = [
      ["redis.call('TIME')", '{ARGV[3], ARGV[4]}'],
      [expiry, "redis.call('PEXPIRE', key, 600000)"],
    ];
    const clocked = changes.reduce((text, [from, to]) => {
      const parts = text.split(from);
      if (parts.length !== 2) throw new Error(`the script does not hold once: ${from}`);
      return parts.join(to);
    }, lua);
    const redis = await RedisServer.start();
    const client = redis.client();
    return new ClockedScript(redis, client, (await client.script('LOAD', clocked)) as string);
  }

  freshKey(): string {
    return `clocked:${++this.keys}`;
  }

  async decide(
    arrivals: readonly Arrival[],
    windowMs: number,
    key = this.freshKey(),
  ): Promise<Decision[]> {
    const pipeline = this.client.pipeline();
    for (const { atMs, limit } of arrivals) {
      const time = [Math.floor(atMs / 1000), (atMs % 1000) * 1000];
      pipeline.evalsha(this.sha, 1, key, windowMs, limit, ...time);
    }
    const replies = (await pipeline.exec()) ?? [];
    return replies.map(([error, reply]) => {
      if (error) throw error;
      return reply as Decision;
    });
  }

  async stop(): Promise<void> {
    await this.client.quit();
    await this.redis.stop();
  }
}
