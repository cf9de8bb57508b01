import type { MetricsService } from '../metrics/metrics.service';

/** What this process did since its start, over all models. */
export interface RecentActivity {
  readonly answered: number;
  readonly refused: number;
  /** Time within which half of the predictions were answered, in ms: an upper bound of it. */
  readonly medianMs?: number;
}

interface Sample {
  readonly value: number;
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string | number | undefined>>;
}

const PREDICTIONS = /predict|infer|invocations/;

/** Reads it off the metrics of this process. */
export async function recentActivity({ registry }: MetricsService): Promise<RecentActivity> {
  const samples = await samplesOf(registry, 'http_request_duration_seconds');
  const predictions = samples.filter(({ labels }) => PREDICTIONS.test(String(labels['route'])));
  const counted = (status: number): number =>
    sum(
      predictions.filter(
        ({ metricName, labels }) =>
          metricName === 'http_request_duration_seconds_count' &&
          Number(labels['status']) === status,
      ),
    );
  const answered = counted(200);
  const medianMs = medianOf(predictions, answered);
  return { answered, refused: counted(429), ...(medianMs !== undefined && { medianMs }) };
}

async function samplesOf(
  registry: MetricsService['registry'],
  name: string,
): Promise<readonly Sample[]> {
  const metric = registry.getSingleMetric(name);
  return metric ? ((await metric.get()).values as readonly Sample[]) : [];
}

/** The bound of the first bucket that holds half of the answers. */
function medianOf(samples: readonly Sample[], answered: number): number | undefined {
  const byBound = new Map<number, number>();
  for (const { labels, value } of samples) {
    const bound = Number(labels['le']);
    if (!Number.isFinite(bound) || Number(labels['status']) !== 200) continue;
    byBound.set(bound, (byBound.get(bound) ?? 0) + value);
  }
  const bounds = [...byBound].sort(([a], [b]) => a - b);
  const median = bounds.find(([, count]) => answered > 0 && count >= answered / 2);
  return median && median[0] * 1000;
}

function sum(samples: readonly Sample[]): number {
  return samples.reduce((total, { value }) => total + value, 0);
}
