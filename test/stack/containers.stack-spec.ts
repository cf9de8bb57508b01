import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithEngine, Stack, succeeded } from './stack';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const REFUSAL = {
  detail: 'Rate limit exceeded. Please try again later. Limit is 10 requests per minute.',
};
/** Nothing that a shell, Redis' configuration or a settings file could take for its own. */
const PASSWORD = `two "words" \\ and #1 $HOME`;

describeWithEngine('docker compose up', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await Stack.of({ REDIS_PASSWORD: `'${PASSWORD}'` });
    await succeeded(stack.compose('up', '--build', '--wait', '--wait-timeout', '120'));
  }, 600_000);

  afterAll(() => stack?.down(), 120_000);

  test('predicts, validates, and refuses the eleventh request of a minute', async () => {
    const first = await predict(stack.url);
    expect(first.status).toBe(200);
    expect(await first.json()).toEqual({ predicted_class: 'setosa' });
    expect(first.headers.get('x-ratelimit-remaining')).toBe('9');

    const invalid = await predict(stack.url, { ...SETOSA, petal_width: 'wide' });
    expect(invalid.status).toBe(422);
    expect(await invalid.json()).toMatchObject({
      detail: [{ loc: ['body', 'petal_width'] }],
    });

    for (let request = 3; request <= 10; request++) {
      expect((await predict(stack.url)).status).toBe(200);
    }
    const refused = await predict(stack.url);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toEqual(REFUSAL);
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
  });

  test('the limit is counted in Redis, whose user may do all that this takes', async () => {
    const ready = await fetch(`${stack.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'ok',
      details: { rateLimit: { status: 'up', backend: 'redis', degraded: false } },
    });
    const metrics = await (await fetch(`${stack.url}/metrics`)).text();
    expect(metrics).toContain('inferserve_redis_breaker_open 0');
    expect(metrics).not.toContain('inferserve_redis_errors_total{');
  });

  test('the documentation is there', async () => {
    const docs = await fetch(`${stack.url}/docs`);
    expect(docs.status).toBe(200);
    expect(await docs.text()).toContain('swagger-ui');
    const assets = await fetch(`${stack.url}/docs/swagger-ui-bundle.js`);
    expect(assets.status).toBe(200);
    const document = (await (await fetch(`${stack.url}/docs-json`)).json()) as object;
    expect(document).toMatchObject({ paths: { '/predict': {} } });
  });

  test('Redis refuses whoever has no password or a wrong one', async () => {
    const cli = (command: string) => stack.exec('redis', 'sh', '-c', command);
    expect((await cli('redis-cli ping')).output).toContain('PONG');
    expect((await cli('REDISCLI_AUTH= redis-cli ping')).output).toContain('NOAUTH');
    expect((await cli('REDISCLI_AUTH=wrong redis-cli ping')).output).toMatch(/WRONGPASS|NOAUTH/);
  });

  test('Redis lets nobody do more than limiting, and evicts nothing', async () => {
    const cli = async (...command: string[]) =>
      (await stack.exec('redis', 'redis-cli', ...command)).output;
    expect(await cli('flushall')).toContain('NOPERM');
    expect(await cli('config', 'get', '*')).toContain('NOPERM');
    expect(await cli('info', 'memory')).toMatch(/maxmemory:67108864\s[^]*noeviction/);
  });

  test('the password is on no command line and in no log', async () => {
    const secret = 'two "words"';
    expect((await stack.compose('logs', '--no-color')).output).not.toContain(secret);
    expect((await stack.exec('redis', 'cat', '/proc/1/cmdline')).output).not.toContain(secret);
    expect(await stack.inspect('redis', '{{json .Config.Cmd}}')).not.toContain(secret);
  });

  test('Redis is not published', async () => {
    expect(await stack.inspect('redis', '{{json .NetworkSettings.Ports}}')).not.toContain(
      'HostPort',
    );
    expect((await stack.exec('api', 'node', '-e', CONNECT)).output).toContain('connected');
  });

  test.each(['api', 'redis'])('%s is not root, cannot write, holds no capability', async (name) => {
    const status = await succeeded(stack.exec(name, 'cat', '/proc/1/status'));
    expect(status).not.toMatch(/^Uid:.*\b0\b/m);
    expect(status).toMatch(/^CapEff:\s+0+$/m);
    expect(status).toMatch(/^CapBnd:\s+0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    const write = await stack.exec(name, 'touch', '/written', '/usr/written');
    expect(write.status).not.toBe(0);
    expect(write.output.match(/Read-only file system/g)).toHaveLength(2);
    expect(await stack.inspect(name, '{{.HostConfig.RestartPolicy.Name}}')).toBe('unless-stopped');
  });

  test('the image holds what serving needs and nothing else', async () => {
    const inside = (command: string) => succeeded(stack.exec('api', 'sh', '-c', command));
    const list = async (folder: string) => (await inside(`ls -A ${folder}`)).split('\n');
    expect(await list('/app')).toEqual(['apps', 'artifacts', 'dist', 'package.json']);
    expect(await list('/app/apps/cli')).toEqual(['bin']);
    expect(await list('/app/dist')).toEqual([
      'assets',
      'code-cache',
      'inferserve.code.js',
      'inferserve.code.js.map',
      'inferserve.js',
      'server.code.js',
      'server.code.js.map',
      'server.js',
    ]);
    expect(await inside("find /app -name '*.ts' | wc -l")).toBe('0');
    const bytes = await stack.imageBytes();
    const parts = await inside('du -sm /app/dist /app/artifacts');
    process.stdout.write(
      `image: ${Math.round(bytes / 1e6)} MB, of which (MB)\n${parts.replace(/^/gm, '  ')}\n`,
    );
    expect(bytes).toBeGreaterThan(0);
  });

  test('an API with a wrong Redis password says so once, and serves by its policy', async () => {
    const other = await stack.another({ REDIS_PASSWORD: 'not-the-password' });
    await answers(other.url);
    const statuses: number[] = [];
    for (let request = 1; request <= 11; request++) {
      statuses.push((await predict(other.url)).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    const ready = await fetch(`${other.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      details: { rateLimit: { backend: 'memory', degraded: true } },
    });
    // Long enough for several attempts of the client and of the breaker's probe.
    await sleep(3000);
    const { output } = await other.log();
    const said = output.match(/refuses the credentials: check REDIS_USERNAME and REDIS_PASSWORD/g);
    expect(said).toHaveLength(1);
    expect(output).not.toContain('not-the-password');
  });

  test('without REDIS_PASSWORD nothing starts, and one is told what to do', async () => {
    const { status, output } = await stack.composeWith({ REDIS_PASSWORD: '' }, 'up', '--build');
    expect(status).not.toBe(0);
    expect(output).toContain('REDIS_PASSWORD');
    expect(output).toContain('cp .env.example .env');
  });

  test('stopping is announced, then clean: unready, still serving, exit code 0', async () => {
    const stopped = stack.compose('stop', 'api');
    await sleep(2000);
    expect((await fetch(`${stack.url}/health/ready`)).status).toBe(503);
    expect((await fetch(stack.url)).status).toBe(200);
    await succeeded(stopped);
    expect(await stack.inspect('api', '{{.State.ExitCode}}')).toBe('0');
    expect((await stack.compose('logs', 'api')).output).toContain('"msg":"Stopped"');
  });
});

const CONNECT = `require('node:net').connect(6379, 'redis', function () { console.log('connected'); this.end() })`;

function predict(url: string, body: object = SETOSA): Promise<Response> {
  return fetch(`${url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const live = await fetch(`${url}/health/live`).catch(() => undefined);
    if (live?.ok) return;
    await sleep(200);
  }
  throw new Error(`${url} does not answer`);
}
