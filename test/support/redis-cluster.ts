import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { keySlot } from '../../libs/rate-limit/src/key-slot';
import { RedisServer } from './redis-server';
import { type RedisProgram, REDIS_PROGRAMS } from './redis-servers';

const SLOTS = 16_384;
const PRIMARIES = 3;
/** After which the nodes call one of them failed. */
export const NODE_TIMEOUT_MS = 1_000;

interface Node {
  readonly server: RedisServer;
  readonly admin: Redis;
  id: string;
}

/** Three primaries with a replica each, of this test's own. */
export class RedisCluster {
  private constructor(readonly nodes: readonly Node[]) {}

  static async start(program: RedisProgram = REDIS_PROGRAMS[0]!): Promise<RedisCluster> {
    const nodes = await Promise.all(
      Array.from({ length: 2 * PRIMARIES }, async (): Promise<Node> => {
        const server = await RedisServer.startProgram(
          program,
          ...`--cluster-enabled yes --cluster-node-timeout ${NODE_TIMEOUT_MS}`.split(' '),
          ...'--cluster-require-full-coverage no --repl-diskless-sync-delay 0'.split(' '),
          // A replica counts once it has received something, which is a ping every 10 s unless told otherwise.
          ...'--repl-ping-replica-period 1'.split(' '),
        );
        const admin = server.client({ maxRetriesPerRequest: null });
        return { server, admin, id: (await admin.cluster('MYID')) as unknown as string };
      }),
    );
    const cluster = new RedisCluster(nodes);
    await cluster.join();
    return cluster;
  }

  get url(): string {
    const hosts = this.nodes.slice(0, 2).map(({ server }) => `127.0.0.1:${server.port}`);
    return `redis+cluster://${hosts.join(',')}`;
  }

  get primaries(): readonly Node[] {
    return this.nodes.slice(0, PRIMARIES);
  }

  /** The primary, of those there were at first, that owned the slot of a key. */
  ownerOf(key: string): Node {
    return this.nodes[Math.floor((keySlot(key) * PRIMARIES) / SLOTS)]!;
  }

  /** A key whose slot belongs to the primary with this number. */
  keyOf(primary: number, name: string): string {
    for (let i = 0; ; i++) {
      const key = `${name}:${i}`;
      if (this.ownerOf(key) === this.nodes[primary]) return key;
    }
  }

  /** Moves a slot with all its keys, step by step as an administrator's tool does. */
  async moveSlot(slot: number, from: Node, to: Node, whileMoving?: () => unknown): Promise<void> {
    await to.admin.cluster('SETSLOT', slot, 'IMPORTING', from.id);
    await from.admin.cluster('SETSLOT', slot, 'MIGRATING', to.id);
    for (;;) {
      await whileMoving?.();
      const keys = (await from.admin.cluster('GETKEYSINSLOT', slot, 1)) as unknown as string[];
      if (keys.length === 0) break;
      await from.admin.migrate('127.0.0.1', to.server.port, keys[0]!, 0, 1_000);
    }
    for (const { admin } of [to, from, ...this.primaries]) {
      await admin.cluster('SETSLOT', slot, 'NODE', to.id);
    }
  }

  async stop(): Promise<void> {
    for (const { admin } of this.nodes) admin.disconnect();
    await Promise.all(this.nodes.map(({ server }) => server.stop()));
  }

  private async join(): Promise<void> {
    const { nodes, primaries } = this;
    for (const [i, { admin }] of primaries.entries()) {
      const first = Math.ceil((i * SLOTS) / PRIMARIES);
      const end = Math.ceil(((i + 1) * SLOTS) / PRIMARIES);
      await admin.cluster('ADDSLOTS', ...Array.from({ length: end - first }, (_, k) => first + k));
      await admin.cluster('SET-CONFIG-EPOCH', i + 1);
    }
    for (const { admin } of nodes.slice(1)) {
      await admin.cluster('MEET', '127.0.0.1', String(nodes[0]!.server.port));
    }
    await this.all(
      async ({ admin }) =>
        String(await admin.cluster('NODES'))
          .trim()
          .split('\n').length === nodes.length,
    );
    for (const [i, { admin }] of nodes.slice(PRIMARIES).entries()) {
      await admin.cluster('REPLICATE', primaries[i]!.id);
    }
    await this.all(async ({ admin }) =>
      String(await admin.cluster('INFO')).includes('cluster_state:ok'),
    );
    await this.all(async ({ admin }) =>
      ((await admin.cluster('SLOTS')) as unknown[][]).every((range) => range.length === 4),
    );
    for (const { admin } of nodes.slice(PRIMARIES)) {
      while (!(await admin.info('replication')).includes('master_link_status:up')) await sleep(20);
    }
  }

  private async all(check: (node: Node) => Promise<boolean>): Promise<void> {
    for (const node of this.nodes) while (!(await check(node))) await sleep(20);
  }
}
