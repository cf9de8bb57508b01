import { Redis } from 'ioredis';

/**
 * A Redis client without a Redis: answers the one script of the limiter from a plain log of accepted
 * times. A subclass, because the throttler's storage takes anything else for connection options.
 */
export class MockRedis extends Redis {
  readonly calls: string[] = [];
  private readonly logs = new Map<string, number[]>();

  constructor() {
    super({ lazyConnect: true });
    this.status = 'ready';
  }

  override connect(): Promise<void> {
    queueMicrotask(() => this.emit('ready'));
    return Promise.resolve();
  }

  override disconnect(): void {
    this.status = 'end';
  }

  override evalsha(...call: readonly unknown[]): Promise<[number, number, number]> {
    const [, , key, windowMs, limit] = call as [string, number, string, number, number];
    this.calls.push(key);
    const now = Date.now();
    const log = (this.logs.get(key) ?? []).filter((time) => time > now - windowMs);
    this.logs.set(key, log);
    const accepted = log.length < limit;
    if (accepted) log.push(now);
    return Promise.resolve([Number(accepted), log.length, log[0]! + windowMs - now]);
  }
}
