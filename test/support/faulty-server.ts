import { createServer, type IncomingMessage, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a faulty server does otherwise than the one behind it. */
export interface PlantedFault {
  /** Changes the request before it is passed on. */
  readonly request?: (asked: Exchange) => Exchange;
  /** Changes the answer before it is passed back. */
  readonly answer?: (answer: Reply, asked: Exchange) => Reply;
}

/** A request on its way. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** An answer on its way. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A server that is right but for one planted fault: it passes everything on to a right one. */
export class FaultyServer {
  private fault: PlantedFault = {};
  private readonly server: Server;

  private constructor(private readonly behind: string) {
    this.server = createServer((incoming, outgoing) => {
      void bytesOf(incoming).then(async (body) => {
        const { method = 'GET', url = '/', headers } = incoming;
        const asked = { method, path: url, headers, body };
        const passed = this.fault.request?.(asked) ?? asked;
        const reply = await this.pass(passed);
        const {
          status,
          headers: answered,
          body: bytes,
        } = this.fault.answer?.(reply, asked) ?? reply;
        const { 'content-length': _, 'transfer-encoding': _t, ...others } = answered;
        outgoing.writeHead(status, { ...others, 'content-length': bytes.length }).end(bytes);
      });
    });
  }

  static async start(behind: string): Promise<FaultyServer> {
    const faulty = new FaultyServer(behind);
    await new Promise<void>((resolve) => faulty.server.listen(0, '127.0.0.1', resolve));
    return faulty;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  plant(fault: PlantedFault): void {
    this.fault = fault;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private pass({ method, path, headers, body }: Exchange): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const { 'transfer-encoding': _, ...others } = headers;
      const outgoing = forward(
        `${this.behind}${path}`,
        { method, headers: { ...others, 'content-length': String(body.length) } },
        (response) => {
          void bytesOf(response).then((bytes) =>
            resolve({ status: response.statusCode!, headers: response.headers, body: bytes }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
