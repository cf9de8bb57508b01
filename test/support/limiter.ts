import type { INestApplicationContext } from '@nestjs/common';
import { getStorageToken } from '@nestjs/throttler';
import { Test } from '@nestjs/testing';
import {
  type RateLimitOptions,
  RateLimitHealth,
  RateLimitModule,
  REDIS_CLIENT,
} from '@inferserve/rate-limit';
import type { Cluster, Redis } from 'ioredis';

export interface Decided {
  readonly isBlocked: boolean;
  readonly backend: 'redis' | 'memory';
  readonly reason?: string;
  readonly totalHits: number;
  readonly timeToExpire: number;
}

/** What all limiters have logged since the last call of `takeLines`. */
const lines: string[] = [];

/** The lines that all limiters have logged since the last call: Nest has one logger for all. */
export function takeLines(): string[] {
  return lines.splice(0);
}

/** A limiter as a replica has it, without the HTTP around it. */
export class Limiter {
  /** Kinds and codes of failures, in order. */
  readonly failures: string[] = [];
  /** How many breakers were open, in order. */
  readonly breakers: number[] = [];
  private storage!: { increment(key: string, ttl: number, limit: number): Promise<Decided> };
  private context!: INestApplicationContext;

  private constructor(readonly options: RateLimitOptions) {}

  static async start(options: Partial<RateLimitOptions>): Promise<Limiter> {
    const full = { limit: 10, windowMs: 60_000, onRedisFailure: 'local', ...options } as const;
    const limiter = new Limiter(full);
    const observer = {
      decided: () => undefined,
      redisFailed: ({ kind, code }: { kind: string; code: string }) =>
        limiter.failures.push(`${kind} ${code}`),
      breakersOpen: (count: number) => limiter.breakers.push(count),
    };
    const record = (line: string): void => void lines.push(line);
    const module = await Test.createTestingModule({
      imports: [RateLimitModule.forRoot({ observer, ...full })],
    })
      .setLogger({ log: record, warn: record, error: record })
      .compile();
    limiter.context = await module.init();
    limiter.storage = limiter.context.get(getStorageToken());
    return limiter;
  }

  get isDegraded(): boolean {
    return this.context.get(RateLimitHealth).state.reason !== undefined;
  }

  get client(): Redis | Cluster {
    return this.context.get<Redis | Cluster>(REDIS_CLIENT);
  }

  hit(key: string, limit = this.options.limit, windowMs = this.options.windowMs): Promise<Decided> {
    return this.storage.increment(key, windowMs, limit);
  }

  /** Asks that often at once; how many were accepted. */
  async accepted(count: number, key: string): Promise<number> {
    const decided = await Promise.all(Array.from({ length: count }, () => this.hit(key)));
    return decided.filter(({ isBlocked }) => !isBlocked).length;
  }

  /** Resolves once the limiter says so; for at most ten seconds. */
  async degraded(isDegraded: boolean): Promise<void> {
    for (let waited = 0; waited < 10_000; waited += 10) {
      if (this.isDegraded === isDegraded) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`the limiter is not ${isDegraded ? '' : 'un'}degraded: ${lines.join('\n')}`);
  }

  stop(): Promise<void> {
    return this.context.close();
  }
}
