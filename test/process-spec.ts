import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from './support/api-process';

/** Since Node 22.15 a process can put another program into its place. */
const handsOver = 'execve' in process;

describe('a process', () => {
  let api: ApiProcess;
  afterEach(() => ApiProcess.stopAll());

  test('says what it runs with', async () => {
    api = await ApiProcess.start({ RATE_LIMIT: '7' });
    const line = api.log.split('\n').find((text) => text.includes('Listening'))!;
    expect(JSON.parse(line)).toMatchObject({
      model: { name: 'iris', version: '1', contentHash: expect.stringMatching(/^sha256:/) },
      limit: 7,
      windowSeconds: 60,
      store: 'memory',
      onRedisFailure: 'local',
    });
    expect(api.log).toContain('No Redis configured');
  });

  test.each([
    [{ RATE_LIMIT: '-1', PORT: 'x' }, /PORT="x".*\n.*RATE_LIMIT="-1"/],
    [{ MODEL_NAME: 'nope' }, /artifacts\/nope: cannot be read\. Set MODEL_NAME/],
    [{ MODEL_VERSION: '9' }, /iris\/9\/model\.json: cannot be read\. Check MODEL_NAME/],
    [{ WEB_CONCURRENCY: '2' }, /WEB_CONCURRENCY above 1 needs REDIS_HOST/],
    [{ HOST: 'x86_64-conda-linux-gnu' }, /HOST="x86_64-conda-linux-gnu" must be.*set HOST=0\.0\.0/],
    [{ HOST: 'nowhere.invalid' }, /HOST="nowhere\.invalid" must be.*does not resolve/],
    [{ CORS_ORIGINS: 'https://a.example/' }, /CORS_ORIGINS=.*Browsers send https:\/\/a\.example,/],
  ])('does not start with %j, and says why', async (variables, message) => {
    await expect(ApiProcess.start(variables)).rejects.toThrow(message);
  });

  test('does not start with a MODEL_PATH that is no model, and says nothing but why', async () => {
    await expect(ApiProcess.start({ MODEL_PATH: 'README.md' })).rejects.toThrow(
      handsOver
        ? /:\ninferserve: README\.md: is plain text, not a model\..*\n?$/
        : /:\nInferServe cannot start\. .*README\.md: is not an artifact of InferServe\. To serve .*\n?$/,
    );
  });

  test('a file of keys that cannot be used is all that the start says', async () => {
    await expect(ApiProcess.start({ API_KEYS_FILE: '/nowhere/keys' })).rejects.toThrow(
      /:\nInferServe cannot start\. API_KEYS_FILE="\/nowhere\/keys": cannot be read \(ENOENT\)\n?$/,
    );
  });

  (handsOver ? test : test.skip).each(['a file', 'a folder'])(
    'converts the model of another library that MODEL_PATH names: %s',
    async (kind) => {
      const folder = mkdtempSync(join(tmpdir(), 'model-path-'));
      const file = join(folder, 'model.joblib');
      copyFileSync('examples/churn/churn.joblib', file);
      api = await ApiProcess.start({
        MODEL_PATH: kind === 'a file' ? file : folder,
        MODEL_NAME: 'given',
      });
      const { models } = JSON.parse((await api.get('/models')).text) as {
        models: readonly { name: string }[];
      };
      expect(models.map(({ name }) => name)).toEqual(['given']);
      api.signal('SIGTERM');
      expect(await api.exited()).toBe(0);
      rmSync(folder, { recursive: true });
    },
  );

  test('does not start with a .env that would be read wrongly, and names the file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    writeFileSync(join(folder, '.env'), '\uFEFFRATE_LIMIT=7\r\n', 'utf16le');
    const main = resolve('dist/server.js');
    const { status, stderr } = spawnSync(process.execPath, [main], {
      cwd: folder,
      // oxlint-disable-next-line node/no-process-env -- only PATH is passed on
      env: { PATH: process.env['PATH'] },
      encoding: 'utf8',
      timeout: 10_000,
    });
    rmSync(folder, { recursive: true });
    expect(stderr).toMatch(/^InferServe cannot start\. .*\n {2}\.env: is UTF-16 text/);
    expect(status).toBe(1);
  });

  test('starts beside a Service of Kubernetes that sets REDIS_PORT, and warns of it', async () => {
    api = await ApiProcess.start({ REDIS_PORT: 'tcp://10.96.12.34:6379' });
    expect(api.log).toMatch(/"level":"warn".*REDIS_PORT=.*enableServiceLinks: false/);
    expect((await api.predict()).status).toBe(200);
  });

  test('one line a request, with its id and without the address; none for probes', async () => {
    api = await ApiProcess.start({ TRUST_PROXY: '1' });
    const given = { 'x-request-id': 'my-id-1', 'x-forwarded-for': '203.0.113.77' };
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    expect((await api.predict({ ...given, traceparent })).headers['x-request-id']).toBe('my-id-1');
    const made = (await api.predict({ 'x-request-id': 'not sane\t"' })).headers['x-request-id'];
    expect(made).toMatch(/^[\da-f-]{36}-\d+$/);
    await api.get('/health/ready');
    await api.get('/metrics');
    await sleep(100);
    const lines = api.log
      .split('\n')
      .filter((line) => line.includes('"msg":"request"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      requestId: 'my-id-1',
      method: 'POST',
      route: '/predict',
      status: 200,
      ms: expect.any(Number),
      client: '203.0.113.0/24',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    });
    expect(lines[1]).toMatchObject({ requestId: made });
    expect(api.log).not.toContain('203.0.113.77');
  });

  test('Server-Timing tells the stages where it is switched on', async () => {
    api = await ApiProcess.start({ SERVER_TIMING: 'true' });
    const timing = (await api.predict()).headers['server-timing'];
    expect(timing).toMatch(/^limit;dur=[\d.]+, validate;dur=[\d.]+, score;dur=[\d.]+$/);
  });

  test('SIGTERM: not ready at once, still serving, then gone with code 0', async () => {
    api = await ApiProcess.start({ SHUTDOWN_DELAY_SECONDS: '1' });
    expect((await api.get('/health/ready')).status).toBe(200);
    api.signal('SIGTERM');
    await api.printed(/no longer ready/);
    const ready = await api.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.text)).toMatchObject({ detail: 'Not ready: shutdown' });
    const served = await api.predict();
    expect([served.status, served.headers['connection']]).toEqual([200, 'close']);
    expect(await api.exited()).toBe(0);
  });

  test('a second signal ends it at once', async () => {
    api = await ApiProcess.start({ SHUTDOWN_DELAY_SECONDS: '60' });
    api.signal('SIGTERM');
    await api.printed(/no longer ready/);
    api.signal('SIGTERM');
    expect(await api.exited()).toBe(1);
  });

  test('an error that nobody caught is logged and ends it with a code', async () => {
    const thrower =
      'data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("nobody%20caught")})';
    api = await ApiProcess.start({}, ['--import', thrower]);
    api.signal('SIGUSR2');
    expect(await api.exited()).toBe(1);
    expect(api.log).toContain('"level":"fatal"');
    expect(api.log).toContain('Unexpected error, ending: nobody caught');
  });
});
