/** Redis cannot decide now, and by its policy this process does not decide alone. */
export class RedisUnavailableError extends Error {
  override readonly name = 'RedisUnavailableError';

  constructor() {
    super('Redis cannot decide about the request');
  }
}
