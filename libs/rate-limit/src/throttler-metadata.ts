/**
 * Metadata keys under which the decorators of `@nestjs/throttler` store a route's settings, each followed by
 * the name of the throttler. The package does not export them; `throttler-metadata.spec.ts` pins the values.
 */
export const THROTTLER_METADATA = {
  limit: 'THROTTLER:LIMIT',
  ttl: 'THROTTLER:TTL',
  tracker: 'THROTTLER:TRACKER',
  keyGenerator: 'THROTTLER:KEY_GENERATOR',
  skip: 'THROTTLER:SKIP',
} as const;
