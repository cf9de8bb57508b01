import cluster from 'node:cluster';
import { Injectable } from '@nestjs/common';
import type {
  LimitBackend,
  LimitOutcome,
  MemoryReason,
  RateLimitObserver,
  RedisFailure,
} from '@inferserve/rate-limit';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { RequestOutcome } from '../http/request-observer';
import { ClusterMetrics } from './cluster-metrics';
import { LatencyHistogram, type LatencySeries } from './latency-histogram';

/** The model that is served, as labels. */
interface ServedModel {
  readonly model: string;
  readonly version: string;
  readonly contentHash: string;
}

/**
 * Everything that `/metrics` shows; no label ever holds an address or a path that a client sent. On the hot
 * path only numbers are added up; prom-client gets them when it is asked for the metrics.
 */
@Injectable()
export class MetricsService implements RateLimitObserver {
  readonly registry = new Registry();
  private readonly cluster = cluster.isWorker ? new ClusterMetrics(this.registry) : undefined;

  private readonly requestDuration = new LatencyHistogram(
    this.registry,
    'http_request_duration_seconds',
    'Time from the header of a request to the end of its answer',
    ['method', 'route', 'status'],
  );
  private readonly requestSeries = new Map<string, LatencySeries>();

  private readonly decisionDuration = new LatencyHistogram(
    this.registry,
    'inferserve_rate_limit_decision_duration_seconds',
    'Time that a decision of the rate limiter took',
    ['backend'],
  );
  private readonly decisionSeries = {
    redis: this.decisionDuration.with({ backend: 'redis' }),
    memory: this.decisionDuration.with({ backend: 'memory' }),
  };
  /** Counts by outcome, backend and reason, each a label value. */
  private readonly decisions = new Map<string, { labels: Record<string, string>; count: number }>();

  private served?: ServedModel & { readonly classes: readonly string[] };
  private predictions = new Float64Array(0);

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

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    // Gauges that prom-client names as counters; the same numbers by type have proper names.
    for (const kind of ['handles', 'requests', 'resources']) {
      this.registry.removeSingleMetric(`nodejs_active_${kind}_total`);
    }
    this.registerModelInfo();
    this.registerPredictions();
    this.registerDecisions();
  }

  /** The text of `/metrics`, of all workers where there are several. */
  read(): Promise<string> {
    return this.cluster?.read() ?? this.registry.metrics();
  }

  requested({ method, route, status, seconds }: RequestOutcome): void {
    const key = method + status + route;
    let series = this.requestSeries.get(key);
    if (!series) {
      series = this.requestDuration.with({ method, route, status: String(status) });
      this.requestSeries.set(key, series);
    }
    series.observe(seconds);
  }

  /** Says which model is served, before the first prediction. */
  serving(served: ServedModel, classes: readonly string[]): void {
    this.served = { ...served, classes };
    this.predictions = new Float64Array(classes.length);
  }

  /** `count` rows were predicted to be of the class with this index. */
  predicted(classIndex: number, count = 1): void {
    this.predictions[classIndex]! += count;
  }

  decided(
    outcome: LimitOutcome,
    backend: LimitBackend,
    seconds: number,
    reason?: MemoryReason,
  ): void {
    const key = reason === undefined ? outcome + backend : outcome + backend + reason;
    let decision = this.decisions.get(key);
    if (!decision) {
      decision = { labels: { outcome, backend, ...(reason && { reason }) }, count: 0 };
      this.decisions.set(key, decision);
    }
    decision.count += 1;
    this.decisionSeries[backend].observe(seconds);
  }

  redisFailed({ kind, code }: RedisFailure): void {
    this.redisErrorCount.inc({ kind, code });
  }

  breakersOpen(count: number): void {
    this.breakerOpen.set(count);
  }

  private registerModelInfo(): void {
    const served = () => this.served;
    new Gauge({
      name: 'inferserve_model_info',
      help: 'The model that is served; the value is always 1',
      labelNames: ['model', 'version', 'content_hash'] as const,
      aggregator: 'first',
      registers: [this.registry],
      collect() {
        const { model, version, contentHash } = served() ?? {};
        if (model) this.set({ model, version, content_hash: contentHash }, 1);
      },
    });
  }

  private registerPredictions(): void {
    const counts = () => [...this.predictions].map((count, k) => [k, count] as const);
    const served = () => this.served;
    new Counter({
      name: 'inferserve_predictions_total',
      help: 'Predictions by model and class',
      labelNames: ['model', 'version', 'predicted_class'] as const,
      registers: [this.registry],
      collect() {
        this.reset();
        const { model, version, classes } = served() ?? {};
        for (const [k, count] of counts()) {
          this.inc({ model, version, predicted_class: classes?.[k] }, count);
        }
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
        for (const { labels, count } of decisions.values()) this.inc(labels, count);
      },
    });
  }
}
