import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port';

/** HAProxy with the configuration of docker/haproxy, but for its ports and its name server. */
export class HaProxy {
  private readonly output: string[] = [];

  private constructor(
    readonly port: number,
    readonly metricsPort: number,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    child.stderr!.setEncoding('utf8').on('data', (text: string) => this.output.push(text));
  }

  static get isInstalled(): boolean {
    return spawnSync('haproxy', ['-v']).status === 0;
  }

  /** Finds the replicas on `replicaPort` of the addresses that the name server gives for "api". */
  static async start(replicaPort: number, dnsPort: number): Promise<HaProxy> {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const folder = mkdtempSync(join(tmpdir(), 'inferserve-haproxy-'));
    const text = readFileSync('docker/haproxy/haproxy.cfg', 'utf8');
    const changes: readonly (readonly [string, string])[] = [
      ['bind :8000', `bind 127.0.0.1:${port}`],
      ['bind :8405', `bind 127.0.0.1:${metricsPort}`],
      ['parse-resolv-conf', `nameserver test 127.0.0.1:${dnsPort}`],
      ['api 1-10 api:8000', `api 1-10 api.test:${replicaPort}`],
    ];
    const configuration = changes.reduce((changed, [from, to]) => {
      if (!changed.includes(from)) throw new Error(`haproxy.cfg no longer holds "${from}"`);
      return changed.replace(from, to);
    }, text);
    const file = join(folder, 'haproxy.cfg');
    writeFileSync(file, configuration);
    const child = spawn('haproxy', ['-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    return new HaProxy(port, metricsPort, child, folder);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves once so many replicas pass their health checks; for at most 20 seconds. */
  async serves(replicas: number): Promise<void> {
    for (let waited = 0; waited < 20_000; waited += 100) {
      const metrics = await fetch(`http://127.0.0.1:${this.metricsPort}/metrics`)
        .then((answer) => answer.text())
        .catch(() => '');
      const up = /haproxy_backend_active_servers\{proxy="replicas"\} (\d+)/.exec(metrics)?.[1];
      if (Number(up) === replicas) return;
      await sleep(100);
    }
    throw new Error(`the balancer does not see ${replicas} replicas:\n${this.output.join('')}`);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL');
      await once(this.child, 'exit');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `describe` where there is a haproxy; else a skip that says so, or a failure under REQUIRE_HAPROXY=1. */
export function describeWithHaProxy(name: string, body: () => void): void {
  if (HaProxy.isInstalled) {
    describe(name, body);
    return;
  }
  // oxlint-disable-next-line node/no-process-env
  if (process.env['REQUIRE_HAPROXY'] === '1') {
    test(`${name}: haproxy is required but not installed`, () => expect(false).toBe(true));
  } else describe.skip(`${name} (skipped: no haproxy on this machine)`, body);
}
