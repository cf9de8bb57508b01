import { Histogram, type Registry } from 'prom-client';

/** Upper bounds of the buckets in seconds, from 50 µs: an answer takes a fraction of a millisecond. */
export const DURATION_BUCKETS: readonly number[] = [
  50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 0.1, 0.25, 0.5, 1, 2.5, 5,
];

/** The observations with one set of labels. */
export interface DurationSeries {
  observe(seconds: number): void;
}

/** A histogram of durations in seconds. */
export interface DurationHistogram<L extends string> {
  /** The series of these labels, to be held on to. */
  labels(labels: Readonly<Record<L, string>>): DurationSeries;
}

/** Makes a histogram that a registry prints. */
export type DurationHistogramFactory = <L extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly L[],
) => DurationHistogram<L>;

/** The histogram of prom-client. */
export const durationHistogram: DurationHistogramFactory = (registry, name, help, labelNames) => {
  const histogram = new Histogram({
    name,
    help,
    labelNames: [...labelNames],
    buckets: [...DURATION_BUCKETS],
    registers: [registry],
  });
  return { labels: (labels) => histogram.labels(labels as never) };
};
