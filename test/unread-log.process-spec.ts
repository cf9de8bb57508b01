import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from './support/api-process';
import { freePort } from './support/free-port';
import { exchange, rawRequest } from './support/raw-http';
import { SETOSA } from './support/setosa';

const MAIN = 'dist/server.js';

/** The API with a log that nobody reads until the test does. */
async function startUnread(): Promise<{ child: ChildProcess; port: number; url: string }> {
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN], {
    env: {
      // oxlint-disable-next-line node/no-process-env -- only PATH is passed on
      PATH: process.env['PATH'],
      PORT: String(port),
      HOST: '127.0.0.1',
      RATE_LIMIT: '10000',
      SHUTDOWN_DELAY_SECONDS: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout!.pause();
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 500; i++) {
    if (
      await fetch(`${url}/health/live`).then(
        () => true,
        () => false,
      )
    )
      break;
    await sleep(20);
  }
  return { child, port, url };
}

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** That many predictions, a hundred at a time on one connection; each must be answered. */
async function predictMany(port: number, count: number, traceparent = TRACE): Promise<void> {
  const headers = { traceparent, 'x-request-id': 'x'.repeat(128) };
  const request = rawRequest(JSON.stringify(SETOSA), headers);
  for (let sent = 0; sent < count; sent += 100) {
    const size = Math.min(100, count - sent);
    const burst = Buffer.concat(Array.from({ length: size }, () => request));
    const { answers } = await exchange(port, burst, { expect: size, patienceMs: 10_000 });
    expect(answers.map(({ status }) => status)).toEqual(Array(size).fill(200));
  }
}

describe('a log that nobody reads', () => {
  let child: ChildProcess;
  afterEach(() => child.kill('SIGKILL'));

  test('does not stop the server; lines are dropped, counted, and written again once it is read', async () => {
    const started = await startUnread();
    ({ child } = started);
    const { port, url } = started;
    const dropped = async (): Promise<number> => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/inferserve_log_lines_dropped_total (\d+)/.exec(text)![1]);
    };
    // A pipe holds 64 KiB and the server 1 MiB more: 400 bytes a line.
    await predictMany(port, 4000);
    expect(await dropped()).toBeGreaterThan(0);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);

    let text = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.stdout!.resume();
    await sleep(300);
    const before = await dropped();
    await predictMany(port, 1, TRACE.replace('4bf9', 'beef'));
    for (let i = 0; i < 100 && !text.includes('beef'); i++) await sleep(20);
    expect(await dropped()).toBe(before);
    const lines = text.trim().split('\n');
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
    expect(lines.filter((line) => line.includes('"msg":"request"')).length + before).toBe(4001);
  }, 60_000);

  test('does not keep the process from ending', async () => {
    const started = await startUnread();
    ({ child } = started);
    await predictMany(started.port, 1000);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  }, 60_000);
});

describe('a port that cannot be opened', () => {
  test('the message names the variable to change', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    await expect(ApiProcess.start({ PORT: String(port) })).rejects.toThrow(
      `InferServe cannot start. Port ${port} is in use. Set PORT to another one, or stop what uses it\n`,
    );
    await new Promise((resolve) => other.close(resolve));
  });
});
