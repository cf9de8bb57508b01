import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const TYPE_A = 1;
const ANSWER_FLAGS = 0x8580;

/** Answers every query for an A record with the addresses it holds now; other types with none. */
export class DnsServer {
  addresses: readonly string[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('message', (query, { port, address }) => {
      socket.send(this.answer(query), port, address);
    });
  }

  static async start(): Promise<DnsServer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new DnsServer(socket);
  }

  get port(): number {
    return this.socket.address().port;
  }

  stop(): void {
    this.socket.close();
  }

  /** RFC 1035, section 4: the header and question of the query, then one record per address. */
  private answer(query: Buffer): Buffer {
    let end = 12;
    while (query[end] !== 0) end += query[end]! + 1;
    const question = query.subarray(12, end + 5);
    const isA = query.readUInt16BE(end + 1) === TYPE_A;
    const addresses = isA ? this.addresses : [];
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(ANSWER_FLAGS, 2);
    header.writeUInt16BE(addresses.length, 6);
    header.fill(0, 8, 12);
    const records = addresses.map((address) =>
      // A pointer to the name in the question, type A, class IN, one second to live, four bytes.
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split('.').map(Number)]),
    );
    return Buffer.concat([header, question, ...records]);
  }
}
