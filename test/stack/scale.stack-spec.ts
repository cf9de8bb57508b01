import { setTimeout as sleep } from 'node:timers/promises';
import { SETOSA } from '../support/setosa';
import { describeWithEngine, run, Stack, succeeded } from './stack';

const REPLICAS = 3;
const BODY = JSON.stringify(SETOSA);

describeWithEngine('docker compose up --scale api=3, behind the balancer', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await Stack.of({ REDIS_PASSWORD: 'of-this-test' }, 'docker-compose.scale.yml');
    const how = ['--build', '--detach', '--scale', `api=${REPLICAS}`];
    await succeeded(stack.compose('up', ...how));
    for (let i = 0; i < 120 && (await ready()) < REPLICAS; i++) await sleep(500);
  }, 600_000);

  afterAll(() => stack?.down(), 120_000);

  /** How many replicas the balancer uses. */
  const ready = async (): Promise<number> => {
    const { output } = await stack.compose('exec', '-T', 'api', 'node', '-e', READ_METRICS);
    return Number(/active_servers\{proxy="replicas"\} (\d+)/.exec(output)?.[1] ?? 0);
  };

  const predict = (): Promise<number> =>
    fetch(`${stack.url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.1' },
      body: BODY,
      signal: AbortSignal.timeout(10_000),
    }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => 0,
    );

  /** What is answered while `change` happens, by status. */
  const during = async (change: () => Promise<unknown>): Promise<Map<number, number>> => {
    const statuses = new Map<number, number>();
    const load = { running: true };
    const clients = Array.from({ length: 4 }, async () => {
      while (load.running) {
        const status = await predict();
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        await sleep(10);
      }
    });
    await change();
    load.running = false;
    await Promise.all(clients);
    return statuses;
  };

  const containers = async (): Promise<string[]> =>
    (await succeeded(stack.compose('ps', '--quiet', 'api'))).split('\n');

  test('all replicas count together, by the address of the connection', async () => {
    expect(await ready()).toBe(REPLICAS);
    const statuses = await Promise.all(Array.from({ length: 60 }, predict));
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(50);
    const inside = await stack.compose('exec', '-T', 'api', 'node', '-e', PREDICT_FROM_INSIDE);
    expect(inside.output).toContain('answer 200');
  });

  test('a killed replica loses nothing', async () => {
    const [first] = await containers();
    const statuses = await during(async () => {
      await sleep(500);
      await succeeded(run('docker', 'kill', first!));
      await sleep(3_000);
    });
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
    await succeeded(stack.compose('up', '--detach', '--no-deps', '--scale', 'api=3', 'api'));
    for (let i = 0; i < 60 && (await ready()) < REPLICAS; i++) await sleep(500);
  }, 120_000);

  test('scripts/roll replaces every replica and loses nothing', async () => {
    const before = await containers();
    const variables = Object.entries(stack.variables).map(([name, value]) => `${name}=${value}`);
    const statuses = await during(() => succeeded(run('env', ...variables, 'scripts/roll')));
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
    expect(statuses.get(429)).toBeGreaterThan(100);
    const after = await containers();
    expect(after).toHaveLength(REPLICAS);
    expect(after.filter((id) => before.includes(id))).toEqual([]);
  }, 300_000);
});

const READ_METRICS = `fetch('http://balancer:8405/metrics').then(async (a) => console.log(await a.text()))`;
const PREDICT_FROM_INSIDE = `fetch('http://balancer:8000/predict', {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(BODY)},
}).then((answer) => console.log('answer ' + answer.status))`;
