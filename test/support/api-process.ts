import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { freePort } from './free-port';
import { PATH_OF_THIS_RUN } from './path-of-this-run';
import { SETOSA } from './setosa';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly ms: number;
}

/** More than the server allows itself to end. */
const MAX_END_MS = 20_000;

/** The built application (`npm run build`) as a process of its own. */
export class ApiProcess {
  private static readonly running = new Set<ApiProcess>();
  readonly output: string[] = [];
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  /** Resolves once it listens, or has printed something else. @throws with its output where it ends before */
  static async start(
    variables: Readonly<Record<string, string>> = {},
    nodeOptions: readonly string[] = [],
    until = /Listening on/,
  ): Promise<ApiProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, [...nodeOptions, 'dist/server.js'], {
      env: {
        // oxlint-disable-next-line node/no-process-env -- only PATH is passed on
        PATH: process.env['PATH'],
        PORT: String(port),
        HOST: '127.0.0.1',
        ...PATH_OF_THIS_RUN,
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const api = new ApiProcess(port, child);
    ApiProcess.running.add(api);
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => api.output.push(text));
    }
    await api.printed(until);
    return api;
  }

  get log(): string {
    return this.output.join('');
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Resolves once the output matches; for at most ten seconds. */
  async printed(pattern: RegExp): Promise<void> {
    for (let waited = 0; waited < 10_000; waited += 20) {
      if (pattern.test(this.log)) return;
      if (this.child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`the process did not print ${pattern.source}:\n${this.log}`);
  }

  predict(headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('POST', '/predict', JSON.stringify(SETOSA), {
      'content-type': 'application/json',
      ...headers,
    });
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  send(
    method: string,
    path: string,
    body = '',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const outgoing = request(
        { host: '127.0.0.1', port: this.port, method, path, headers, agent: this.agent },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode!,
              headers: response.headers,
              text,
              ms: performance.now() - started,
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Resolves to the exit code once the process has ended by itself. @throws with its output where it goes on for long */
  async exited(forMs = MAX_END_MS): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, 'exit', { signal: AbortSignal.timeout(forMs) }).catch(() => {
        throw new Error(`the process has not ended after ${forMs} ms:\n${this.log}`);
      });
    }
    return this.child.exitCode;
  }

  /** For `afterEach`: a test that fails leaves nothing running. */
  static async stopAll(): Promise<void> {
    await Promise.all([...ApiProcess.running].map((api) => api.stop()));
  }

  async stop(): Promise<void> {
    ApiProcess.running.delete(this);
    this.agent.destroy();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL');
      await once(this.child, 'exit');
    }
  }
}
