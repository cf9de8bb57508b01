import { Injectable } from '@nestjs/common';
import type {
  LimitBackend,
  LimitOutcome,
  RateLimitObserver,
  RedisFailureKind,
} from '@inferserve/rate-limit';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
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
  private readonly redisErrorCount = new Counter({
    name: 'inferserve_redis_errors_total',
    help: 'Decisions that Redis failed to make, by kind of failure',
    labelNames: ['kind'] as const,
    registers: this.registers,
  });
  private readonly breakerOpen = new Gauge({
    name: 'inferserve_redis_breaker_open',
    help: '1 while Redis is kept off the request path because it fails, else 0',
    registers: this.registers,
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  requested({ method, route, status, seconds }: RequestOutcome): void {
    this.requestDuration.observe({ method, route, status }, seconds);
  }

  serving(model: string, version: string, contentHash: string): void {
    this.modelInfo.set({ model, version, content_hash: contentHash }, 1);
  }

  predicted(model: string, version: string, predictedClass: string): void {
    this.predictionCount.inc({ model, version, predicted_class: predictedClass });
  }

  decided(outcome: LimitOutcome, backend: LimitBackend, seconds: number): void {
    this.decisionCount.inc({ outcome, backend });
    this.decisionDuration.observe({ backend }, seconds);
  }

  redisFailed(kind: RedisFailureKind): void {
    this.redisErrorCount.inc({ kind });
  }

  breakerChanged(open: boolean): void {
    this.breakerOpen.set(open ? 1 : 0);
  }
}
