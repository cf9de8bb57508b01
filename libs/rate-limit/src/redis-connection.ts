import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { RedisConnectionListener } from './redis-connection-listener';
import type { RedisLink } from './redis-link';

/** How long the start waits for Redis before the failure policy takes over. */
const FIRST_CONNECTION_MS = 1_000;
/** Often enough that neither a balancer nor Redis itself closes the connection as idle. */
const PING_INTERVAL_MS = 30_000;
const RECONNECT_AFTER_END_MS = 500;

/** The connection to one Redis, or to the primary that Sentinels name: opens it, keeps it, replaces it. */
export class RedisConnection implements RedisLink {
  private readonly logger = new Logger('RateLimit');
  private listener?: RedisConnectionListener;
  private lastError = new Error('Connection is closed.');
  /** Whether the connection that is closed next has been ready. */
  private wasReady = false;
  private endPause: (() => void) | undefined;
  private closing = false;
  private pings?: NodeJS.Timeout;

  constructor(
    private readonly client: Redis,
    /** The texts of scripts that a new connection loads before it is used. */
    private readonly scripts: readonly string[],
    private readonly description: string,
    private readonly pingIntervalMs = PING_INTERVAL_MS,
  ) {}

  async open(listener: RedisConnectionListener): Promise<void> {
    const { client } = this;
    this.listener = listener;
    client.on('error', (error: Error) => this.onError(error));
    client.on('close', () => this.onClose());
    client.on('end', () => this.onEnd());
    const ready = new Promise<void>((resolve) => {
      client.on('ready', () => void this.onReady().then(resolve));
      setTimeout(resolve, FIRST_CONNECTION_MS).unref();
    });
    // The events report a failure; the client keeps trying.
    client.connect().catch(() => undefined);
    await ready;
    if (client.status === 'ready') {
      this.logger.log(`Connected to Redis ${this.description}; all processes share the limits`);
    } else {
      listener.onConnectionLost(this.lastError);
    }
    this.pings = setInterval(() => void this.ping(), this.pingIntervalMs);
    this.pings.unref();
  }

  /**
   * Gives the connection up and opens another. Not while one is being opened: a client that is asking Sentinels
   * for the primary would end for good.
   */
  reconnect(): void {
    const { status } = this.client;
    if (status === 'connect' || status === 'ready') this.client.disconnect(true);
  }

  close(): void {
    this.closing = true;
    clearInterval(this.pings);
    this.client.disconnect();
  }

  private async onReady(): Promise<void> {
    // Where this is not permitted, the first request sends the script.
    const loads = this.scripts.map((script) => this.client.script('LOAD', script));
    await Promise.allSettled(loads);
    this.wasReady = this.client.status === 'ready';
    this.lastError = new Error('Connection is closed.');
    this.endPause?.();
  }

  private onError(error: Error): void {
    // Redis' own reply explains more than the connection error that follows it.
    const isExplained = this.lastError.name === 'ReplyError';
    if (!isExplained || error.name === 'ReplyError') this.lastError = error;
    // Sentinels that cannot be reached are reported again and again, with no connection to close.
    if (!this.wasReady && !this.closing) this.reportLost();
  }

  private onClose(): void {
    if (this.closing) return;
    if (this.wasReady) {
      // A server closes idle connections; that is no failure unless the next connection fails.
      this.wasReady = false;
      const until = new Promise<void>((resolve) => (this.endPause = resolve));
      this.listener?.onConnectionPaused(until);
      return;
    }
    this.reportLost();
    this.lastError = new Error('Connection is closed.');
  }

  private reportLost(): void {
    this.listener?.onConnectionLost(this.lastError);
    this.endPause?.();
  }

  /** ioredis gives up in rare cases, for example when asked to reconnect while it looks up the primary. */
  private onEnd(): void {
    if (this.closing) return;
    setTimeout(() => {
      if (!this.closing && this.client.status === 'end') {
        this.client.connect().catch(() => undefined);
      }
    }, RECONNECT_AFTER_END_MS).unref();
  }

  private async ping(): Promise<void> {
    if (this.client.status !== 'ready') return;
    const timer = setTimeout(() => this.reconnect(), FIRST_CONNECTION_MS);
    timer.unref();
    await this.client.ping().catch(() => undefined);
    clearTimeout(timer);
  }
}
