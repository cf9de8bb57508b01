import type { DistributionTraffic, TrafficSnapshot } from '@inferserve/inference';

/** A comparison of traffic with the baseline as the native protocol shows it. */
export function trafficView(traffic: TrafficSnapshot): object {
  const { windowSeconds, rows, columns, predictions } = traffic;
  return {
    window_seconds: windowSeconds,
    rows,
    columns: columns.map(({ name, ...column }) => ({ name, ...comparisonView(column) })),
    ...(predictions && { predictions: comparisonView(predictions) }),
  };
}

function comparisonView({ stabilityIndex, outside, bins }: DistributionTraffic): object {
  return {
    ...(stabilityIndex !== undefined && { stability_index: stabilityIndex }),
    outside: Object.fromEntries(outside.map(({ type, window }) => [type, window])),
    bins,
  };
}
