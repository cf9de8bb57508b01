import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { RedisConnection as RedisAddress } from './rate-limit-options';
import type { ResilientStorage } from './resilient.storage';

/** How long the start waits for Redis before the failure policy takes over. */
const FIRST_CONNECTION_MS = 1000;

/** Opens and closes the connection of a client, and tells the storage when it is lost. */
export class RedisConnection {
  private readonly logger = new Logger('RateLimit');

  constructor(
    private readonly client: Redis,
    private readonly storage: ResilientStorage,
    private readonly address: RedisAddress | undefined,
  ) {}

  /** Resolves when Redis is ready, or after a second without it: then the failure policy decides. */
  async open(): Promise<void> {
    const { client, storage } = this;
    let lastError: unknown = new Error('connection closed');
    client.on('error', (error: Error) => {
      lastError = error;
    });
    client.on('close', () => storage.suspend(lastError));
    const ready = new Promise<void>((resolve) => {
      client.once('ready', () => resolve());
      setTimeout(resolve, FIRST_CONNECTION_MS).unref();
    });
    // The events report a failure; the client keeps trying.
    client.connect().catch(() => undefined);
    await ready;
    if (client.status === 'ready') {
      const { host, port } = this.address ?? {};
      this.logger.log(`Connected to Redis at ${host}:${port}; all processes share the limits`);
    } else {
      storage.suspend(lastError);
    }
  }

  close(): void {
    this.storage.stop();
    this.client.disconnect();
  }
}
