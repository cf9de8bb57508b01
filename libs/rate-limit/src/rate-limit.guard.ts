import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerModuleOptions,
  type ThrottlerRequest,
  ThrottlerStorage,
} from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { clientTracker } from './client-tracker';
import { DEFAULT_KEY_PREFIX, limitKeyPrefix } from './limit-key';
import type { LimitRecord } from './limit-decision';
import { LimiterUnavailableException } from './limiter-unavailable.exception';
import { RateLimitException } from './rate-limit.exception';
import { RATE_LIMIT_OPTIONS } from './rate-limit.module-definition';
import type { RateLimitOptions } from './rate-limit-options';
import { RedisUnavailableError } from './redis-unavailable.error';
import { type RoutePolicy, routePolicy } from './route-policy';
import { isExact } from './window-rule';

/** Refusals that are kept to be thrown again; a window has few distinct waits in seconds. */
const MAX_REFUSALS = 256;
/** Seconds after which a client may ask again while nothing can decide. */
const RETRY_AFTER_UNAVAILABLE = 1;

/**
 * Accepts at most the configured number of requests per client and window, before any of the body is read.
 * All routes it guards share one count.
 * @throws RateLimitException above the limit
 * @throws LimiterUnavailableException where no decision is possible under the failure policy `closed`
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  private readonly policies = new WeakMap<object, RoutePolicy>();
  private readonly keyPrefixes = new Map<number, string>();
  private readonly refusals = new Map<number, RateLimitException>();

  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() storage: ThrottlerStorage,
    reflector: Reflector,
    @Inject(RATE_LIMIT_OPTIONS) private readonly rateLimit: RateLimitOptions,
  ) {
    super(options, storage, reflector);
  }

  /** Resolves the decorators of a route once; settings that depend on the request go the parent's way. */
  override canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.rateLimit.limit === 0) return Promise.resolve(true);
    const policy = this.policyOf(context);
    if (policy === 'skip') return Promise.resolve(true);
    if (policy === 'dynamic') return super.canActivate(context);
    const name = this.throttlers[0]!.name!;
    const tracker = clientTracker(context.switchToHttp().getRequest<Request>());
    const key = this.generateKey(context, tracker);
    return this.enforce(context, key, policy.limit, policy.ttl, name);
  }

  /**
   * Decides about a request of a client that is known by a name instead of its address.
   * @param tracker what counts for the client; no address looks like it
   * @param own its own limit, where it has one
   */
  protected limitByName(
    context: ExecutionContext,
    tracker: string,
    own?: { readonly limit: number; readonly windowMs: number },
  ): Promise<boolean> {
    const { limit, windowMs } = own ?? this.rateLimit;
    if (limit === 0 || this.policyOf(context) === 'skip') return Promise.resolve(true);
    return this.enforce(context, tracker, limit, windowMs, this.throttlers[0]!.name!);
  }

  protected override async handleRequest(request: ThrottlerRequest): Promise<boolean> {
    const { context, limit, ttl, throttler, getTracker, generateKey } = request;
    const tracker = await getTracker(context.switchToHttp().getRequest<Request>(), context);
    const name = throttler.name!;
    return this.enforce(context, generateKey(context, tracker, name), limit, ttl, name);
  }

  protected override getTracker(request: Record<string, unknown>): Promise<string> {
    return Promise.resolve(clientTracker(request as unknown as Request));
  }

  /** All routes share one count per client. */
  protected override generateKey(_: ExecutionContext, tracker: string): string {
    return tracker;
  }

  private policyOf(context: ExecutionContext): RoutePolicy {
    const handler = context.getHandler();
    let policy = this.policies.get(handler);
    if (policy === undefined) {
      policy = routePolicy(this.throttlers, this.reflector, context);
      this.policies.set(handler, policy);
    }
    return policy;
  }

  private async enforce(
    context: ExecutionContext,
    key: string,
    limit: number,
    ttl: number,
    name: string,
  ): Promise<boolean> {
    const response = context.switchToHttp().getResponse<Response>();
    const started = performance.now();
    let record: LimitRecord;
    try {
      const fullKey = this.keyPrefix(name, ttl, limit) + key;
      record = (await this.storageService.increment(fullKey, ttl, limit, 0, name)) as LimitRecord;
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
      return this.applyFailurePolicy(response);
    }
    this.rateLimit.observer?.decided(
      record.isBlocked ? 'refused' : 'accepted',
      record.backend,
      (performance.now() - started) / 1000,
      record.reason,
    );
    response.setHeader('X-RateLimit-Limit', limit);
    response.setHeader('X-RateLimit-Remaining', Math.max(0, limit - record.totalHits));
    response.setHeader('X-RateLimit-Reset', record.timeToExpire);
    if (!record.isBlocked) return true;
    response.setHeader('Retry-After', record.timeToBlockExpire);
    throw this.refusal(limit, ttl, record.timeToBlockExpire);
  }

  /** The same exception for the same facts: making one for each refusal would make a flood expensive. */
  private refusal(limit: number, windowMs: number, seconds: number): RateLimitException {
    const known = this.refusals.get(seconds);
    if (known && known.limit === limit && known.windowMs === windowMs) return known;
    const created = withoutStack(() => new RateLimitException(limit, windowMs, seconds));
    if (this.refusals.size >= MAX_REFUSALS) this.refusals.clear();
    this.refusals.set(seconds, created);
    return created;
  }

  private keyPrefix(name: string, windowMs: number, limit: number): string {
    const { keyPrefix = DEFAULT_KEY_PREFIX } = this.rateLimit;
    // One policy has few windows; routes may set their own.
    const id = isExact(limit) ? windowMs : -windowMs;
    let prefix = this.keyPrefixes.get(id);
    if (prefix === undefined) {
      prefix = limitKeyPrefix(keyPrefix, name, windowMs, limit);
      this.keyPrefixes.set(id, prefix);
    }
    return prefix;
  }

  private applyFailurePolicy(response: Response): true {
    if (this.rateLimit.onRedisFailure === 'open') {
      this.rateLimit.observer?.decided('unlimited', 'memory', 0, 'outage');
      return true;
    }
    this.rateLimit.observer?.decided('unavailable', 'memory', 0, 'outage');
    response.setHeader('Retry-After', RETRY_AFTER_UNAVAILABLE);
    throw withoutStack(() => new LimiterUnavailableException(RETRY_AFTER_UNAVAILABLE));
  }
}

/** Capturing a stack trace for each refusal would make a flood expensive. */
function withoutStack<T>(create: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return create();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
