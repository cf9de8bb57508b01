import type { AnswerTally, ModelRegistry, ModelUpdater } from '@inferserve/inference';
import { Counter, Gauge, type Registry } from 'prom-client';
import { bucketedMetric } from './bucketed-metric';

/** Registers what `/metrics` shows of the models; the numbers are read when it is asked. */
export function registerModelMetrics(
  registry: Registry,
  models: ModelRegistry,
  updater: ModelUpdater,
): void {
  new Gauge({
    name: 'inferserve_model_info',
    help: 'The models that are served; the value is always 1',
    labelNames: ['model', 'version', 'content_hash'] as const,
    aggregator: 'first',
    registers: [registry],
    collect() {
      this.reset();
      for (const { name: model, version, artifact } of models.list()) {
        this.set({ model, version, content_hash: artifact.contentHash }, 1);
      }
    },
  });
  new Counter({
    name: 'inferserve_predictions_total',
    help: 'Predictions by model and, for classifiers, by class',
    labelNames: ['model', 'version', 'predicted_class'] as const,
    registers: [registry],
    collect() {
      this.reset();
      for (const tally of models.tallies()) {
        for (const [labels, count] of predictionsOf(tally)) this.inc(labels, count);
      }
    },
  });
  new Counter({
    name: 'inferserve_model_reloads_total',
    help: 'Looks at the store after the start that found something new, or were asked for, by outcome',
    labelNames: ['outcome'] as const,
    registers: [registry],
    collect() {
      this.reset();
      for (const outcome of ['loaded', 'unchanged', 'rejected'] as const) {
        this.inc({ outcome }, updater.counts.get(outcome) ?? 0);
      }
    },
  });
  bucketedMetric(registry, 'inferserve_predicted_value', 'Values that regressors predicted', () =>
    models
      .tallies()
      .filter(({ bounds }) => bounds.length > 0)
      .map(({ name: model, version, bounds, counts, sum }) => ({
        labels: { model, version },
        bounds,
        counts,
        sum,
      })),
  );
}

function predictionsOf({
  name: model,
  version,
  classes,
  counts,
  total,
}: AnswerTally): readonly (readonly [Record<string, string>, number])[] {
  if (classes.length === 0) return [[{ model, version }, total]];
  return classes.map((label, k) => [
    { model, version, predicted_class: String(label) },
    counts[k]!,
  ]);
}
