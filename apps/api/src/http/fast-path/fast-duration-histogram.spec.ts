import { Registry } from 'prom-client';
import { durationHistogram } from '../../metrics/duration-histogram';
import { fastDurationHistogram } from './fast-duration-histogram';

describe('fastDurationHistogram', () => {
  test('prints what prom-client prints', async () => {
    const [expected, actual] = await Promise.all(
      [durationHistogram, fastDurationHistogram].map(async (create) => {
        const registry = new Registry();
        const histogram = create(registry, 'd_seconds', 'Help', ['route', 'status']);
        const seconds = [0, 49e-6, 50e-6, 51e-6, 0.001, 0.3, 5, 5.1, 100];
        for (const each of seconds) histogram.labels({ route: '/a', status: '200' }).observe(each);
        histogram.labels({ route: '/b', status: '422' }).observe(0.01);
        return (await registry.metrics()).split('\n').map(sortedLabels);
      }),
    );
    expect(actual!.filter(Boolean).toSorted()).toEqual(expected!.filter(Boolean).toSorted());
    expect(actual).toContain('d_seconds_count{route="/a",status="200"} 9');
  });
});

/** Prometheus gives the order of labels no meaning. */
function sortedLabels(line: string): string {
  return line.replace(/\{(.*)\}/, (_, labels: string) => `{${labels.split(',').sort().join()}}`);
}
