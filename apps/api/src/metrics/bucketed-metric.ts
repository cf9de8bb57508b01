import type {
  Metric,
  MetricObjectWithValues,
  MetricValue,
  MetricValueWithName,
  Registry,
} from 'prom-client';

/** The observations with one set of labels. */
export interface BucketedSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Upper bounds, ascending. */
  readonly bounds: readonly number[];
  /** Observations by bucket, not cumulative; one more than bounds, for what exceeds them all. */
  readonly counts: ArrayLike<number>;
  readonly sum: number;
}

/**
 * Registers a histogram that is counted elsewhere, and may have other bounds for each set of labels, which
 * prom-client's own cannot. Series with the same labels and bounds are added up.
 */
export function bucketedMetric(
  registry: Registry,
  name: string,
  help: string,
  read: () => readonly BucketedSeries[],
): void {
  const metric = {
    name,
    help,
    labelNames: ['model', 'version'],
    get(): MetricObjectWithValues<MetricValue<string>> {
      // The type that prom-client exports is an enum, which it does not export a value of.
      const type = 'histogram' as unknown as MetricObjectWithValues<MetricValue<string>>['type'];
      const values = read().flatMap((series) => seriesValues(name, series));
      return { name, help, type, values: addedUp(values), aggregator: 'sum', collect: noop };
    },
    reset: noop,
  };
  registry.registerMetric(metric as unknown as Metric);
}

/** The samples of a series as prom-client writes those of its histograms. */
export function seriesValues(
  name: string,
  { labels, bounds, counts, sum }: BucketedSeries,
): MetricValueWithName<string>[] {
  let count = 0;
  const buckets = Array.from(counts, (inBucket, i): MetricValueWithName<string> => {
    count += inBucket;
    const le = bounds[i] ?? '+Inf';
    return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels: { ...labels }, value: sum },
    { metricName: `${name}_count`, labels: { ...labels }, value: count },
  ];
}

function addedUp(values: readonly MetricValueWithName<string>[]): MetricValueWithName<string>[] {
  const sums = new Map<string, MetricValueWithName<string>>();
  for (const value of values) {
    const key = JSON.stringify([value.metricName, value.labels]);
    const known = sums.get(key);
    sums.set(key, known ? { ...known, value: known.value + value.value } : value);
  }
  return [...sums.values()];
}

function noop(): void {}
