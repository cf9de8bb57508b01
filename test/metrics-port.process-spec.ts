import { ApiProcess } from './support/api-process';
import { freePort } from './support/free-port';

describe('METRICS_PORT', () => {
  afterEach(() => ApiProcess.stopAll());

  const statusAt = async (port: number, path: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).status;

  test('answers metrics and probes, which the public port no longer does', async () => {
    const metricsPort = await freePort();
    const api = await ApiProcess.start({ METRICS_PORT: String(metricsPort) });
    for (const path of ['/metrics', '/metrics?x', '/health/live', '/health/ready']) {
      expect([path, await statusAt(metricsPort, path)]).toEqual([path, 200]);
      expect([path, (await api.get(path)).status]).toEqual([path, 404]);
    }
    for (const path of ['/', '/docs', '/metricsx', '/healthy']) {
      expect([path, await statusAt(metricsPort, path)]).toEqual([path, 404]);
    }
    expect([(await api.get('/')).status, (await api.predict()).status]).toEqual([200, 200]);
    expect((await api.get('/health/ready')).text).toBe('{"detail":"Not Found"}');
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(text).toMatch(/inferserve_predictions_total\{.*predicted_class="setosa"\} 1/);
  });

  test('says that the process is about to stop, until it has stopped', async () => {
    const metricsPort = await freePort();
    const api = await ApiProcess.start({
      METRICS_PORT: String(metricsPort),
      SHUTDOWN_DELAY_SECONDS: '1',
    });
    api.signal('SIGTERM');
    await api.printed(/no longer ready/);
    expect(await statusAt(metricsPort, '/health/ready')).toBe(503);
    expect(await statusAt(metricsPort, '/metrics')).toBe(200);
    expect(await api.exited()).toBe(0);
  });

  test('that is in use stops the start, with the remedy', async () => {
    const other = await ApiProcess.start();
    await expect(ApiProcess.start({ METRICS_PORT: String(other.port) })).rejects.toThrow(
      `Port ${other.port} is in use. Set METRICS_PORT to another one`,
    );
  });

  test('a proxy that is not trusted is reported once', async () => {
    const api = await ApiProcess.start();
    for (let i = 0; i < 3; i++) await api.predict({ 'x-forwarded-for': '203.0.113.9' });
    api.signal('SIGINT');
    await api.exited();
    expect(api.log.match(/X-Forwarded-For arrived from 127\.0\.0\.0\/24/g)).toHaveLength(1);
    const trusting = await ApiProcess.start({ TRUST_PROXY: 'loopback' });
    await trusting.predict({ 'x-forwarded-for': '203.0.113.9' });
    trusting.signal('SIGINT');
    await trusting.exited();
    expect(trusting.log).not.toContain('X-Forwarded-For arrived');
  });
});
