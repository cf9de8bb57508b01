import type { RedisConnectionListener } from './redis-connection-listener';

/** The way to a Redis or a cluster of them, for as long as the application runs. */
export interface RedisLink {
  /** Resolves when Redis is ready, or after a second without it: then the failure policy decides until it is. */
  open(listener: RedisConnectionListener): Promise<void>;
  /** Gives up the connection to the server that owns keys (see `ownerOf`) and opens another. */
  reconnect(owner: string): void;
  close(): void;
}
