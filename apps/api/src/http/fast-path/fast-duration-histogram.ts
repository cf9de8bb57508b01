import type { Metric, MetricObjectWithValues, MetricValue, Registry } from 'prom-client';
import { seriesValues } from '../../metrics/bucketed-metric';
import {
  DURATION_BUCKETS,
  type DurationHistogram,
  type DurationHistogramFactory,
  type DurationSeries,
} from '../../metrics/duration-histogram';

class Series implements DurationSeries {
  /** Observations by bucket, not cumulative; the last one is for what exceeds all bounds. */
  readonly counts = new Float64Array(DURATION_BUCKETS.length + 1);
  sum = 0;

  observe(seconds: number): void {
    let bucket = 0;
    while (bucket < DURATION_BUCKETS.length && seconds > DURATION_BUCKETS[bucket]!) bucket += 1;
    this.counts[bucket]! += 1;
    this.sum += seconds;
  }
}

/**
 * A histogram that costs an addition per observation: prom-client's looks its labels up each time, which takes
 * as long as scoring a dozen rows. Registers with prom-client, which prints and aggregates it as its own.
 */
class FastDurationHistogram<L extends string> implements DurationHistogram<L> {
  private readonly series = new Map<string, [Readonly<Record<L, string>>, Series]>();

  constructor(
    registry: Registry,
    readonly name: string,
    private readonly help: string,
    readonly labelNames: readonly L[],
  ) {
    registry.registerMetric(this as unknown as Metric);
  }

  labels(labels: Readonly<Record<L, string>>): Series {
    const key = JSON.stringify(labels);
    const [, series] = this.series.get(key) ?? [labels, new Series()];
    this.series.set(key, [labels, series]);
    return series;
  }

  /** What prom-client asks of a metric. */
  get(): MetricObjectWithValues<MetricValue<string>> {
    const { name, help } = this;
    const values = [...this.series.values()].flatMap(([labels, { counts, sum }]) =>
      seriesValues(name, { labels, bounds: DURATION_BUCKETS, counts, sum }),
    );
    // The type that prom-client exports is an enum, which it does not export a value of.
    const type = 'histogram' as unknown as MetricObjectWithValues<MetricValue<string>>['type'];
    return { name, help, type, values, aggregator: 'sum', collect: () => undefined };
  }

  /** Part of prom-client's contract: forgets all observations. */
  reset(): void {
    this.series.clear();
  }
}

/** The histogram of the fast path. */
export const fastDurationHistogram: DurationHistogramFactory = (registry, name, help, labelNames) =>
  new FastDurationHistogram(registry, name, help, labelNames);
