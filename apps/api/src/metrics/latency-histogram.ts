import type { Metric, MetricObjectWithValues, MetricValue, Registry } from 'prom-client';

/** Seconds, from 50 µs: an answer takes a fraction of a millisecond. */
const BOUNDS = [
  50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 0.1, 0.25, 0.5, 1, 2.5, 5,
];

/** One set of labels of a histogram. */
export class LatencySeries {
  /** Observations by bucket, not cumulated; the last is for what exceeds all bounds. */
  readonly counts = new Float64Array(BOUNDS.length + 1);
  sum = 0;

  observe(seconds: number): void {
    let bucket = 0;
    while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]!) bucket += 1;
    this.counts[bucket]! += 1;
    this.sum += seconds;
  }
}

/**
 * A histogram for the hot path: prom-client's hashes its labels at each observation, which costs as much as
 * scoring a dozen rows. Registers with prom-client, which prints and aggregates it as its own.
 */
export class LatencyHistogram<L extends string> {
  private readonly series = new Map<string, [Readonly<Record<L, string>>, LatencySeries]>();

  constructor(
    registry: Registry,
    readonly name: string,
    private readonly help: string,
    readonly labelNames: readonly L[],
  ) {
    registry.registerMetric(this as unknown as Metric);
  }

  /** The series of these labels; hold on to it. */
  with(labels: Readonly<Record<L, string>>): LatencySeries {
    const key = JSON.stringify(labels);
    const [, series] = this.series.get(key) ?? [labels, new LatencySeries()];
    this.series.set(key, [labels, series]);
    return series;
  }

  /** What prom-client asks of a metric. */
  get(): MetricObjectWithValues<MetricValue<string>> {
    const { name, help } = this;
    const values = [...this.series.values()].flatMap(([labels, series]) => {
      let count = 0;
      const buckets = [...series.counts].map((inBucket, i) => {
        count += inBucket;
        const le = BOUNDS[i] ?? '+Inf';
        return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
      });
      return [
        ...buckets,
        { metricName: `${name}_sum`, labels, value: series.sum },
        { metricName: `${name}_count`, labels, value: count },
      ];
    });
    // The type that prom-client exports is an enum, which it does not export a value of.
    const type = 'histogram' as unknown as MetricObjectWithValues<MetricValue<string>>['type'];
    return { name, help, type, values, aggregator: 'sum', collect: () => undefined };
  }

  /** Part of prom-client's contract: forgets all observations. */
  reset(): void {
    this.series.clear();
  }
}
