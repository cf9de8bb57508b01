import { Redis } from 'ioredis';

/**
 * A Redis client without a Redis: answers the script of exact limits from a plain log of accepted times. A
 * subclass, because the throttler's storage takes anything else for connection options.
 */
export class MockRedis extends Redis {
  /** The keys of all requests that were asked about, in order. */
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

  override script(): Promise<unknown> {
    return Promise.resolve('');
  }

  override evalsha(...call: readonly unknown[]): Promise<number[]> {
    const [, count, ...rest] = call as [string, number, ...(string | number)[]];
    const keys = rest.slice(0, count) as string[];
    const [windowMs, limit] = rest.slice(count) as [number, number];
    return Promise.resolve(keys.flatMap((key) => this.decide(key, windowMs, limit)));
  }

  private decide(key: string, windowMs: number, limit: number): number[] {
    this.calls.push(key);
    const now = Date.now();
    const log = (this.logs.get(key) ?? []).filter((time) => time > now - windowMs);
    this.logs.set(key, log);
    const accepted = log.length < limit;
    if (accepted) log.push(now);
    return [Number(accepted), log.length, log[0]! + windowMs - now];
  }
}
