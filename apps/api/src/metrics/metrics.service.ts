import cluster from 'node:cluster';
import { Injectable } from '@nestjs/common';
import type {
  LimitBackend,
  LimitOutcome,
  RateLimitObserver,
  RedisFailureKind,
} from '@inferserve/rate-limit';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ClusterMetrics } from './cluster-metrics';
import type { RequestOutcome } from '../http/request-observer';

/** Seconds, from 50 µs: an answer takes a fraction of a millisecond. */
const BUCKETS = [
  50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 0.1, 0.25, 0.5, 1, 2.5, 5,
];

/** Everything that `/metrics` shows; no label ever holds an address or a path that a client sent. */
@Injectable()
export class MetricsService implements RateLimitObserver {
  readonly registry = new Registry();
  private readonly registers = [this.registry];

  private readonly requestDuration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: BUCKETS,
    registers: this.registers,
  });
  private readonly predictionCount = new Counter({
    name: 'inferserve_predictions_total',
    help: 'Predictions by model and class',
    labelNames: ['model', 'version', 'predicted_class'] as const,
    registers: this.registers,
  });
  private readonly modelInfo = new Gauge({
    name: 'inferserve_model_info',
    help: 'The model that is served; the value is always 1',
    labelNames: ['model', 'version', 'content_hash'] as const,
    aggregator: 'first',
    registers: this.registers,
  });
  private readonly decisionCount = new Counter({
    name: 'inferserve_rate_limit_decisions_total',
    help: 'Decisions of the rate limiter by outcome and by who decided',
    labelNames: ['outcome', 'backend'] as const,
    registers: this.registers,
  });
  private readonly decisionDuration = new Histogram({
    name: 'inferserve_rate_limit_decision_duration_seconds',
    help: 'Time that a decision of the rate limiter took',
    labelNames: ['backend'] as const,
    buckets: BUCKETS,
    registers: this.registers,
  });
  private readonly decisionDurations = {
    redis: this.decisionDuration.labels({ backend: 'redis' }),
    memory: this.decisionDuration.labels({ backend: 'memory' }),
  };
  private readonly redisErrorCount = new Counter({
    name: 'inferserve_redis_errors_total',
    help: 'Decisions that Redis failed to make, by kind of failure',
    labelNames: ['kind'] as const,
    registers: this.registers,
  });
  private readonly breakerOpen = new Gauge({
    name: 'inferserve_redis_breaker_open',
    help: '1 while Redis is kept off the request path because it fails, else 0',
    aggregator: 'max',
    registers: this.registers,
  });

  private readonly durations = new Map<string, Histogram.Internal<string>>();
  private readonly decisions = new Map<string, Counter.Internal>();
  private predictionsByClass: readonly Counter.Internal[] = [];

  private readonly cluster = cluster.isWorker ? new ClusterMetrics(this.registry) : undefined;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** The text of `/metrics`, of all workers where there are several. */
  read(): Promise<string> {
    return this.cluster?.read() ?? this.registry.metrics();
  }

  requested({ method, route, status, seconds }: RequestOutcome): void {
    // prom-client would hash the labels anew at each observation.
    const key = `${status} ${method} ${route}`;
    let duration = this.durations.get(key);
    if (!duration) {
      duration = this.requestDuration.labels({ method, route, status });
      this.durations.set(key, duration);
    }
    duration.observe(seconds);
  }

  /** Says which model is served, before the first prediction. */
  serving(
    { model, version, contentHash }: { model: string; version: string; contentHash: string },
    classes: readonly string[],
  ): void {
    this.modelInfo.set({ model, version, content_hash: contentHash }, 1);
    this.predictionsByClass = classes.map((name) =>
      this.predictionCount.labels({ model, version, predicted_class: name }),
    );
  }

  /** `count` rows were predicted to be of the class with this index. */
  predicted(classIndex: number, count = 1): void {
    this.predictionsByClass[classIndex]?.inc(count);
  }

  decided(outcome: LimitOutcome, backend: LimitBackend, seconds: number): void {
    const key = `${outcome} ${backend}`;
    let count = this.decisions.get(key);
    if (!count) {
      count = this.decisionCount.labels({ outcome, backend });
      this.decisions.set(key, count);
    }
    count.inc();
    this.decisionDurations[backend].observe(seconds);
  }

  redisFailed(kind: RedisFailureKind): void {
    this.redisErrorCount.inc({ kind });
  }

  breakerChanged(open: boolean): void {
    this.breakerOpen.set(open ? 1 : 0);
  }
}
