/** Redis cannot decide now, and the failure policy does not let this process decide alone. */
export class RedisUnavailableError extends Error {
  override readonly name = 'RedisUnavailableError';

  constructor(options?: ErrorOptions) {
    super(
      'Redis is unavailable, and the failure policy does not allow deciding without it',
      options,
    );
  }
}
