import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { ThrottlerOptions } from '@nestjs/throttler';
import { THROTTLER_METADATA } from './throttler-metadata';

/**
 * What limits a route: a fixed limit per window, nothing (`skip`), or settings that have to be resolved for
 * each request (`dynamic`).
 */
export type RoutePolicy = { readonly limit: number; readonly ttl: number } | 'skip' | 'dynamic';

/** Resolves the throttler's settings and the route's decorators, as far as they do not depend on a request. */
export function routePolicy(
  throttlers: readonly ThrottlerOptions[],
  reflector: Reflector,
  context: ExecutionContext,
): RoutePolicy {
  const [throttler, ...others] = throttlers;
  if (!throttler || others.length > 0 || throttler.skipIf || throttler.ignoreUserAgents) {
    return 'dynamic';
  }
  const read = (key: string): unknown =>
    reflector.getAllAndOverride(key + throttler.name, [context.getHandler(), context.getClass()]);
  if (read(THROTTLER_METADATA.skip)) return 'skip';
  if (read(THROTTLER_METADATA.tracker) ?? read(THROTTLER_METADATA.keyGenerator)) return 'dynamic';
  const limit = read(THROTTLER_METADATA.limit) ?? throttler.limit;
  const ttl = read(THROTTLER_METADATA.ttl) ?? throttler.ttl;
  return typeof limit === 'number' && typeof ttl === 'number' ? { limit, ttl } : 'dynamic';
}
