import { ApiProcess } from './api-process';
import { DnsServer } from './dns-server';
import { freePort } from './free-port';
import { HaProxy } from './haproxy';

/** Replicas behind HAProxy, which finds them by their addresses in DNS. */
export class BalancedReplicas {
  balancer!: HaProxy;
  private readonly running = new Map<string, ApiProcess>();

  private constructor(
    private readonly variables: Readonly<Record<string, string>>,
    private readonly dns: DnsServer,
    private readonly port: number,
  ) {}

  /** Resolves once all of them are served. */
  static async start(
    addresses: readonly string[],
    variables: Readonly<Record<string, string>>,
  ): Promise<BalancedReplicas> {
    const dns = await DnsServer.start();
    const replicas = new BalancedReplicas(variables, dns, await freePort());
    for (const address of addresses) await replicas.launch(address);
    replicas.balancer = await HaProxy.start(replicas.port, dns.port);
    await replicas.served();
    return replicas;
  }

  /** Resolves once the balancer sends it requests. */
  async add(address: string): Promise<void> {
    await this.launch(address);
    await this.served();
  }

  /** Takes it out of DNS, then ends it. */
  async remove(address: string): Promise<void> {
    const leaving = this.running.get(address)!;
    this.running.delete(address);
    this.dns.addresses = [...this.running.keys()];
    leaving.signal('SIGTERM');
    await leaving.exited();
    await this.served();
  }

  /** Ends it as an orchestrator does, and starts another at its address; resolves with the exit code of the old one. */
  async restart(address: string): Promise<number | null> {
    const leaving = this.running.get(address)!;
    leaving.signal('SIGTERM');
    const code = await leaving.exited();
    await this.add(address);
    return code;
  }

  async kill(address: string): Promise<void> {
    const killed = this.running.get(address)!;
    killed.signal('SIGKILL');
    await killed.exited();
  }

  async stop(): Promise<void> {
    await this.balancer.stop();
    await ApiProcess.stopAll();
    this.dns.stop();
  }

  private async launch(address: string): Promise<void> {
    const { port, variables } = this;
    const api = await ApiProcess.start({
      ...variables,
      HOST: address,
      PORT: String(port),
      TRUST_PROXY: '1',
    });
    this.running.set(address, api);
    this.dns.addresses = [...this.running.keys()];
  }

  private served(): Promise<void> {
    return this.balancer.serves(this.running.size);
  }
}
