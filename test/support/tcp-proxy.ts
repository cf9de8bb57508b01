import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './free-port';

/** What the proxy does with traffic. */
export type ProxyMode = 'forward' | 'delay' | 'blackhole' | 'reset' | 'garble';

const DELAY_MS = 300;

/** A TCP proxy in front of a server of 127.0.0.1 that can make its network bad. */
export class TcpProxy {
  private mode: ProxyMode = 'forward';
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly port: number,
    private target: number,
    private readonly server: Server,
  ) {}

  static async start(target: number): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(await freePort(), target, server);
    server.on('connection', (socket) => proxy.join(socket));
    await new Promise<void>((resolve) => server.listen(proxy.port, '127.0.0.1', resolve));
    return proxy;
  }

  /** `reset` ends the connections there are as well; the others change what goes through them. */
  set(mode: ProxyMode): void {
    this.mode = mode;
    if (mode === 'reset') for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** New connections lead to another port from now on; those there are stay where they are. */
  retarget(port: number): void {
    this.target = port;
  }

  /** Ends all connections as a server does that finds them idle. */
  closeAll(): void {
    for (const socket of this.sockets) socket.end();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    if (this.mode === 'reset') {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(this.target, '127.0.0.1');
    this.pipe(client, upstream, (data) => data);
    this.pipe(upstream, client, (data) => (this.mode === 'garble' ? Buffer.from('?!\r\n') : data));
  }

  private pipe(from: Socket, to: Socket, change: (data: Buffer) => Buffer): void {
    this.sockets.add(from);
    from.on('data', (data) => {
      if (this.mode === 'blackhole') return;
      const pass = (): void => {
        if (!to.destroyed) to.write(change(data));
      };
      if (this.mode === 'delay') setTimeout(pass, DELAY_MS);
      else pass();
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
  }
}
