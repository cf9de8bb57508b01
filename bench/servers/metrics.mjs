import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { LABELS } from './model.mjs';

const BUCKETS = [
  50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 0.1, 0.25, 0.5, 1, 2.5, 5,
];

/** The metrics of the server under test: the same names, labels and buckets. */
export const registry = new Registry();
const registers = [registry];
collectDefaultMetrics({ register: registry });

const requestDuration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time from the first byte of a request to the end of its answer',
  labelNames: ['method', 'route', 'status'],
  buckets: BUCKETS,
  registers,
});
const predictionCount = new Counter({
  name: 'inferserve_predictions_total',
  help: 'Predictions by model and class',
  labelNames: ['model', 'version', 'predicted_class'],
  registers,
});
const decisionCount = new Counter({
  name: 'inferserve_rate_limit_decisions_total',
  help: 'Decisions of the rate limiter by outcome and by who decided',
  labelNames: ['outcome', 'backend'],
  registers,
});
const decisionDuration = new Histogram({
  name: 'inferserve_rate_limit_decision_duration_seconds',
  help: 'Time that a decision of the rate limiter took',
  labelNames: ['backend'],
  buckets: BUCKETS,
  registers,
});

export function requested(method, route, status, seconds) {
  requestDuration.observe({ method, route, status }, seconds);
}

export function predicted(predictedClass) {
  predictionCount.inc({ ...LABELS, predicted_class: predictedClass });
}

export function decided(outcome, seconds) {
  decisionCount.inc({ outcome, backend: 'redis' });
  decisionDuration.observe({ backend: 'redis' }, seconds);
}
