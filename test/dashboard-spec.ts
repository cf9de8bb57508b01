import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import type { AccessControl } from '../apps/api/src/access/access-control';
import { AccessMetrics } from '../apps/api/src/access/access-metrics';
import { durationHistogram } from '../apps/api/src/metrics/duration-histogram';
import { MetricsService } from '../apps/api/src/metrics/metrics.service';
import { TrafficMetrics } from '../apps/api/src/metrics/traffic-metrics';
import { startApi } from './support/start-api';
import type { TrafficReports } from '../apps/api/src/models/traffic-reports';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly Target[] }[];
  readonly templating: { readonly list: readonly { readonly definition?: string }[] };
}
interface Target {
  readonly expr: string;
}

const models = { list: () => [], tallies: () => [] } as never;
const shadows = { comparisons: () => [] } as never;
const updater = { counts: new Map() } as never;
const service = new MetricsService(durationHistogram, models, updater, shadows);
new AccessMetrics({} as AccessControl, service);
new TrafficMetrics(service, { read: async () => new Map() } as unknown as TrafficReports);
const registry = Registry.merge([service.registry, service.sharedRegistry]);
const dashboard = JSON.parse(read('grafana/dashboards/inferserve.json')) as Dashboard;
const panelQueries = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => [title, expr] as const),
);
const variableQueries = dashboard.templating.list.flatMap(({ definition }) =>
  definition ? [['variable', definition] as const] : [],
);
const alertQueries = [
  ...read('prometheus/alerts.yml').matchAll(/alert: (\S+)\n\s+expr: (.+)\n/g),
].map(([, name, expr]) => [name!, expr!] as const);

test('there is something to check', () => {
  expect(panelQueries.length).toBeGreaterThan(15);
  expect(alertQueries).toHaveLength(read('prometheus/alerts.yml').match(/\balert:/g)!.length);
});

test.each([...panelQueries, ...variableQueries, ...alertQueries])(
  '%s asks for what /metrics has: %s',
  (_, query) => {
    const { metrics, labels } = namesIn(query);
    // Those of the balancer are asked of a real one by balancer.fault-spec.ts.
    const ours = metrics
      .filter((name) => name !== 'up' && !name.startsWith('haproxy_'))
      .map(metricOf);
    const known = new Set([
      'instance',
      'job',
      'le',
      'proxy',
      'code',
      ...ours.flatMap(({ labelNames }) => labelNames),
    ]);
    expect(metrics).not.toHaveLength(0);
    expect(labels.filter((label) => !known.has(label))).toEqual([]);
  },
);

test('every metric of the service itself stands on the dashboard', async () => {
  const own = (await registry.getMetricsAsJSON())
    .map(({ name }) => name)
    .filter((name) => /^(http|inferserve)_/.test(name));
  const shown = panelQueries.flatMap(([, query]) => namesIn(query).metrics.map(seriesToMetric));
  expect(own.filter((name) => !shown.includes(name))).toEqual([]);
});

test('latencies are those of every route that predicts, by the names that /metrics has for them', async () => {
  const api = await startApi({ PROTOCOLS: 'native,v2,v1,mlflow', RATE_LIMIT: '0' });
  const paths = ['', '/models/iris', '/models/iris/versions/1'].flatMap((prefix) => [
    `${prefix}/predict`,
    `${prefix}/predict/batch`,
  ]);
  paths.push('/v2/models/iris/infer', '/v2/models/iris/versions/1/infer', '/invocations');
  paths.push('/v1/models/iris:predict', '/v1/models/iris/versions/1:predict');
  for (const path of paths) await api.http().post(path).send({});
  const { text } = await api.http().get('/metrics');
  await api.close();
  const routes = [...text.matchAll(/_count\{method="POST",route="([^"]+)"/g)].map(([, r]) => r!);
  expect(routes.length).toBeGreaterThanOrEqual(paths.length - 2);
  const queries = [...panelQueries, ...alertQueries].filter(([, query]) =>
    query.includes('route=~"/predict'),
  );
  expect(queries).toHaveLength(6);
  for (const [, query] of queries) {
    const matcher = new RegExp(`^(?:${/route=~"([^"]+)"/.exec(query)![1]})$`);
    expect(query).toContain('method="POST"');
    expect(routes.filter((route) => matcher.test(route))).toEqual(
      routes.filter((route) => !route.endsWith('/batch')),
    );
  }
});

test('a name that is not there is noticed', () => {
  expect(() => metricOf('inferserve_predictions')).toThrow('inferserve_predictions');
  expect(namesIn('sum by (a) (rate(b_sum{c=~"d", e!="f"}[1m])) / on (g) h or vector(0)')).toEqual({
    metrics: ['b_sum', 'h'],
    labels: ['a', 'g', 'c', 'e'],
  });
});

function read(path: string): string {
  return readFileSync(join(__dirname, '..', 'docker', path), 'utf8');
}

/** The metrics and labels that a PromQL expression names. */
function namesIn(query: string): { metrics: string[]; labels: string[] } {
  const grouping = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
  const selector = /\{([^}]*)\}/g;
  const plain = query.replace(/^label_values\((.*),\s*\w+\)$/, '$1').replace(/"[^"]*"/g, '""');
  const grouped = [...plain.matchAll(grouping)].flatMap(([, list]) => list!.split(','));
  const selected = [...plain.matchAll(selector)].flatMap(([, list]) => list!.split(','));
  const bare = plain
    .replace(selector, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(grouping, '');
  const words = bare.match(/\b[a-z_][\w:]*\b(?!\s*\()/gi) ?? [];
  return {
    metrics: words.filter(
      (word) => !['or', 'and', 'unless', 'bool', 'offset', 'group_left'].includes(word),
    ),
    labels: [...grouped, ...selected].map((text) => text.replace(/[=!~].*$/, '').trim()),
  };
}

/** A histogram is queried by the names of its series. */
function seriesToMetric(name: string): string {
  const histogram = name.replace(/_(bucket|sum|count)$/, '');
  return registry.getSingleMetric(histogram) ? histogram : name;
}

function metricOf(name: string): { readonly labelNames: readonly string[] } {
  const metric = registry.getSingleMetric(seriesToMetric(name));
  if (!metric) throw new Error(`/metrics has no ${name}`);
  return metric as unknown as { readonly labelNames: readonly string[] };
}
