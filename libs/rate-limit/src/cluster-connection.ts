import { Logger } from '@nestjs/common';
import type { Cluster, Redis } from 'ioredis';
import type { RedisConnectionListener } from './redis-connection-listener';
import type { RedisLink } from './redis-link';

/** How long the start waits for the cluster before the failure policy takes over. */
const FIRST_CONNECTION_MS = 1_000;
const PING_INTERVAL_MS = 30_000;
/** A primary that hangs gives no error, so without asking again its clients would never learn of its successor. */
const REFRESH_INTERVAL_MS = 1_000;
const RECONNECT_AFTER_END_MS = 500;

/** The connections to the nodes of a Redis Cluster: opens them before they are needed, keeps and replaces them. */
export class ClusterConnection implements RedisLink {
  private readonly logger = new Logger('RateLimit');
  private lastError: unknown = new Error('Connection is closed.');
  /** Nodes that have answered. */
  private readonly answered = new WeakSet<Redis>();
  private opening = true;
  private closing = false;
  private pings?: NodeJS.Timeout;
  private refreshes?: NodeJS.Timeout;

  constructor(
    private readonly cluster: Cluster,
    /** The texts of scripts that a new node loads before it is used. */
    private readonly scripts: readonly string[],
    private readonly description: string,
  ) {}

  async open(listener: RedisConnectionListener): Promise<void> {
    const { cluster } = this;
    cluster.on('error', (error: Error) => (this.lastError = error));
    cluster.on('node error', (error: Error) => (this.lastError = error));
    cluster.on('close', () => {
      // At the start the first attempts may fail; what counts is whether one succeeds in time.
      if (!this.opening && !this.closing) listener.onConnectionLost(this.lastError);
    });
    cluster.on('end', () => this.onEnd());
    // ioredis connects to a node with its first command, and fails those that come meanwhile.
    cluster.on('+node', (node: Redis) => void this.warmUp(node));
    const ready = new Promise<void>((resolve) => {
      cluster.on('ready', () => {
        // A list of nodes that was on its way when the connection was closed brings it back to life.
        if (this.closing) cluster.disconnect();
        else void this.warmUpAll().then(resolve);
      });
      setTimeout(resolve, FIRST_CONNECTION_MS).unref();
    });
    cluster.connect().catch((error: unknown) => (this.lastError = error));
    await ready;
    this.opening = false;
    this.reportStart(listener);
    this.pings = setInterval(() => void this.warmUpAll(), PING_INTERVAL_MS);
    this.pings.unref();
    this.refreshes = setInterval(() => this.refresh(), REFRESH_INTERVAL_MS);
    this.refreshes.unref();
  }

  /** Gives up the connection to one node, or all of them where no owner is known. */
  reconnect(owner: string): void {
    const { cluster } = this;
    if (cluster.status !== 'ready') return;
    const nodes = cluster.nodes('all');
    const node = nodes.find(({ options }) => `${options.host}:${options.port}` === owner);
    if (node === undefined) {
      if (owner === '') cluster.disconnect(true);
      return;
    }
    node.disconnect();
    // Reopens the connection, or opens one to the node that replaced this one.
    cluster.refreshSlotsCache();
  }

  close(): void {
    this.closing = true;
    clearInterval(this.pings);
    clearInterval(this.refreshes);
    this.cluster.disconnect();
  }

  private refresh(): void {
    if (this.cluster.status === 'ready') this.cluster.refreshSlotsCache();
  }

  /** Also keeps the connections from being closed as idle. */
  private async warmUpAll(): Promise<void> {
    await Promise.all(this.cluster.nodes('all').map((node) => this.warmUp(node)));
  }

  private async warmUp(node: Redis): Promise<void> {
    const loads = this.scripts.map((script) => node.script('LOAD', script));
    const results = await Promise.allSettled(loads);
    // If loading is not permitted, the connection is open anyway, and the first request sends the script.
    const isReply = (error: unknown): boolean => (error as Error).name === 'ReplyError';
    if (results.every((each) => each.status === 'fulfilled' || isReply(each.reason))) {
      this.answered.add(node);
    }
  }

  /** That ioredis is ready says only that one node has told which others there are. */
  private reportStart(listener: RedisConnectionListener): void {
    const { cluster, description } = this;
    const primaries = cluster.status === 'ready' ? cluster.nodes('master') : [];
    const silent = primaries.filter((node) => !this.answered.has(node));
    if (silent.length === primaries.length) {
      listener.onConnectionLost(this.lastError);
      return;
    }
    const connected = `Connected to Redis ${description}`;
    if (silent.length === 0) {
      this.logger.log(`${connected}; all processes share the limits`);
      return;
    }
    const addresses = silent.map(({ options: { host, port } }) => `${host}:${port}`).sort();
    this.logger.warn(
      `${connected}, but not to ${addresses.join(', ')}: check that these addresses, which the cluster gives, can be reached from here`,
    );
  }

  private onEnd(): void {
    if (this.closing) return;
    setTimeout(() => {
      if (!this.closing && this.cluster.status === 'end') {
        this.cluster.connect().catch((error: unknown) => (this.lastError = error));
      }
    }, RECONNECT_AFTER_END_MS).unref();
  }
}
