import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from './support/api-process';
import { baselineArtifact } from './support/baseline-model';
import { ModelFolder } from './support/model-folder';
import { describeWithRedis, RedisServer } from './support/redis-server';

describeWithRedis('the traffic of several workers', () => {
  let redis: RedisServer;
  const folder = new ModelFolder();
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(async () => {
    await ApiProcess.stopAll();
    await redis.stop();
    folder.remove();
  });

  test('is compared with the baseline as one, whichever worker is asked', async () => {
    const api = await ApiProcess.start({
      ...redis.env,
      ...folder.put(baselineArtifact()),
      WEB_CONCURRENCY: '2',
      RATE_LIMIT: '0',
    });
    const workers = async () =>
      (JSON.parse((await api.get('/models')).text) as { workers: { count: number } }).workers.count;
    for (let tries = 0; tries < 100 && (await workers()) < 2; tries++) await sleep(100);
    // Connections are dealt out in turn, so that both workers get some; each alone has too few rows for an index.
    const send = (city: string) =>
      api.send(
        'POST',
        '/predict/batch',
        JSON.stringify({
          instances: Array.from({ length: 5 }, () => ({ x: 11, city, member: false })),
        }),
        { 'content-type': 'application/json' },
      );
    await Promise.all(Array.from({ length: 40 }, (_, i) => send(i % 2 === 0 ? 'Bonn' : 'Köln')));
    // What other workers counted is at most a second old.
    await sleep(1100);
    const texts = await Promise.all(Array.from({ length: 6 }, () => api.get('/metrics')));
    for (const { text } of texts) {
      expect(text).toMatch(/^inferserve_traffic_window_rows\{.*\} 200$/m);
      expect(text).toMatch(/^inferserve_column_outside_total\{.*"x",type="above_range"\} 200$/m);
      // Half from each city as in the training: 0, although no worker saw the same.
      expect(text).toMatch(/^inferserve_column_stability_index\{.*column="city"\} 0$/m);
      expect(text).toMatch(/^inferserve_predictions_total\{.*predicted_class="1"\} 200$/m);
    }
  }, 60_000);
});
