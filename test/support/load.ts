import { Agent, request } from 'node:http';
import { SETOSA } from './setosa';

const BODY = JSON.stringify(SETOSA);

/** One prediction through the balancer, from a loopback address of its own; the status, 0 where there was none. */
export function predict(port: number, client: string, agent: Agent, headers = {}): Promise<number> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path: '/predict', method: 'POST', agent };
    const outgoing = request(
      {
        ...options,
        localAddress: client,
        headers: { 'content-type': 'application/json', ...headers },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode!));
        response.on('error', () => resolve(0));
      },
    );
    outgoing.on('error', () => resolve(0));
    outgoing.end(BODY);
  });
}

/**
 * Clients that ask until they are stopped; counts the answers by status. Each keeps its connection and its address,
 * unless `nextAddress` gives each request another: then every one of them is a decision for Redis.
 */
export class Load {
  readonly statuses = new Map<number, number>();
  /** The longest time that an answer took, in ms. */
  slowestMs = 0;
  private running = true;
  private readonly clients: Promise<void>[];

  constructor(
    port: number,
    clients: number,
    private readonly nextAddress?: () => string,
  ) {
    this.clients = Array.from({ length: clients }, (_, i) => this.run(port, `127.0.9.${i + 1}`));
  }

  async stop(): Promise<ReadonlyMap<number, number>> {
    this.running = false;
    await Promise.all(this.clients);
    return this.statuses;
  }

  private async run(port: number, client: string): Promise<void> {
    const agent = new Agent({ keepAlive: this.nextAddress === undefined, maxSockets: 1 });
    while (this.running) {
      const started = performance.now();
      const status = await predict(port, this.nextAddress?.() ?? client, agent);
      this.slowestMs = Math.max(this.slowestMs, performance.now() - started);
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    }
    agent.destroy();
  }
}
