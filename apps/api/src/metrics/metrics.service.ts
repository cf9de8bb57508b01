import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { ModelRegistry, ModelUpdater, ShadowScorer } from '@inferserve/inference';
import type {
  LimitBackend,
  LimitOutcome,
  MemoryReason,
  RateLimitObserver,
  RedisFailure,
} from '@inferserve/rate-limit';
import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { RequestOutcome } from '../http/requests/request-recorder';
import { GroupMember } from '../workers/group-member';
import { primary } from '../workers/primary';
import type { DurationHistogramFactory, DurationSeries } from './duration-histogram';
import { registerModelMetrics } from './model-metrics';
import { registerShadowMetrics } from './shadow-metrics';

/** Token of the `DurationHistogramFactory`. */
export const DURATION_HISTOGRAM = Symbol('DURATION_HISTOGRAM');

interface DecisionCount {
  readonly labels: Record<string, string>;
  count: number;
}

/**
 * Everything that `/metrics` shows; no label ever holds an address or a path that a client sent. On the hot
 * path only numbers are added up; prom-client gets them when it is asked for the metrics.
 */
@Injectable()
export class MetricsService implements RateLimitObserver, OnApplicationBootstrap, OnModuleDestroy {
  readonly registry = new Registry();
  /** What one process says for all of them. */
  readonly sharedRegistry = new Registry();
  private readonly workers =
    primary &&
    new GroupMember<null, object>(primary, 'metrics', () => this.registry.getMetricsAsJSON());

  private readonly requestDuration = this.histogram(
    this.registry,
    'http_request_duration_seconds',
    'Time from receipt of the request headers to the end of the response',
    ['method', 'route', 'status'],
  );
  /** By route, and then by status and method, none of which has to be put together for a look. */
  private readonly requestSeries = new Map<string, Map<number, Map<string, DurationSeries>>>();

  private readonly decisionDuration = this.histogram(
    this.registry,
    'inferserve_rate_limit_decision_duration_seconds',
    'Time that the rate limiter took for a decision',
    ['backend'],
  );
  private readonly decisionSeries = {
    redis: this.decisionDuration.labels({ backend: 'redis' }),
    memory: this.decisionDuration.labels({ backend: 'memory' }),
  };
  /** Counts by outcome, and then by reason where there is one (it implies the backend) or else by backend. */
  private readonly decisions = new Map<LimitOutcome, Map<string, DecisionCount>>();

  private droppedLines: () => number = () => 0;

  private readonly redisErrorCount = new Counter({
    name: 'inferserve_redis_errors_total',
    help: 'Decisions that Redis failed to make, by kind of failure and code word of the error',
    labelNames: ['kind', 'code'] as const,
    registers: [this.registry],
  });
  private readonly breakerOpen = new Gauge({
    name: 'inferserve_redis_breaker_open',
    help: 'Circuit breakers that keep Redis, or a shard of it, off the request path',
    aggregator: 'max',
    registers: [this.registry],
  });

  constructor(
    @Inject(DURATION_HISTOGRAM) private readonly histogram: DurationHistogramFactory,
    models: ModelRegistry,
    updater: ModelUpdater,
    shadows: ShadowScorer,
  ) {
    collectDefaultMetrics({ register: this.registry });
    // Gauges that prom-client names as counters; the same numbers by type have proper names.
    for (const kind of ['handles', 'requests', 'resources']) {
      this.registry.removeSingleMetric(`nodejs_active_${kind}_total`);
    }
    registerModelMetrics(this.registry, models, updater);
    registerShadowMetrics(this.registry, shadows);
    this.registerDecisions();
    this.registerDroppedLines();
  }

  /** So that others ask this worker once it answers. */
  async onApplicationBootstrap(): Promise<void> {
    await this.workers?.join();
  }

  onModuleDestroy(): void {
    this.workers?.leave();
  }

  /** The text of `/metrics`, of all workers where there are several. */
  async read(): Promise<string> {
    const own = this.workers ? await this.ofAllWorkers(this.workers) : this.registry;
    const texts = await Promise.all([own.metrics(), this.sharedRegistry.metrics()]);
    return texts.join('');
  }

  requested({ method, route, status, seconds }: RequestOutcome): void {
    const known = this.requestSeries.get(route)?.get(status)?.get(method);
    (known ?? this.addSeries(method, route, status)).observe(seconds);
  }

  decided(
    outcome: LimitOutcome,
    backend: LimitBackend,
    seconds: number,
    reason?: MemoryReason,
  ): void {
    const key = reason ?? backend;
    const known = this.decisions.get(outcome)?.get(key);
    if (known) known.count += 1;
    else {
      const labels = { outcome, backend, ...(reason && { reason }) };
      entry(this.decisions, outcome, () => new Map()).set(key, { labels, count: 1 });
    }
    this.decisionSeries[backend].observe(seconds);
  }

  redisFailed({ kind, code }: RedisFailure): void {
    this.redisErrorCount.inc({ kind, code });
  }

  breakersOpen(count: number): void {
    this.breakerOpen.set(count);
  }

  /** Says how to read the number of log lines that were dropped. */
  countDroppedLines(read: () => number): void {
    this.droppedLines = read;
  }

  private async ofAllWorkers(workers: GroupMember<null, object>): Promise<Registry> {
    const { answers } = await workers.askAll(null);
    return AggregatorRegistry.aggregate([...answers]);
  }

  private addSeries(method: string, route: string, status: number): DurationSeries {
    const series = this.requestDuration.labels({ method, route, status: String(status) });
    const byStatus = entry(this.requestSeries, route, () => new Map());
    entry(byStatus, status, () => new Map()).set(method, series);
    return series;
  }

  private registerDroppedLines(): void {
    const read = () => this.droppedLines();
    new Counter({
      name: 'inferserve_log_lines_dropped_total',
      help: 'Log lines that were lost because nothing read the log fast enough, or because it could not be written',
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }

  private registerDecisions(): void {
    const { decisions } = this;
    new Counter({
      name: 'inferserve_rate_limit_decisions_total',
      help: 'Decisions of the rate limiter by outcome, by who decided and why this process did',
      labelNames: ['outcome', 'backend', 'reason'] as const,
      registers: [this.registry],
      collect() {
        this.reset();
        for (const counts of decisions.values()) {
          for (const { labels, count } of counts.values()) this.inc(labels, count);
        }
      },
    });
  }
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}
