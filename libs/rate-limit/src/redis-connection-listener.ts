/** Hears what happens to the connection to Redis. */
export interface RedisConnectionListener {
  /** The connection failed, or could not be opened again; it goes on being tried. */
  onConnectionLost(cause: unknown): void;
  /** The server closed an intact connection; `until` resolves once it is open again, or that has failed. */
  onConnectionPaused(until: Promise<void>): void;
}
