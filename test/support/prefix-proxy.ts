import { createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A proxy that serves another server below `prefix`, which that server knows of by `headers` alone. */
export async function prefixProxy(
  prefix: string,
  upstream: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly url: string; close(): Promise<unknown> }> {
  const server: Server = createServer((incoming, outgoing) => {
    const path = incoming.url!.slice(prefix.length) || '/';
    if (!incoming.url!.startsWith(prefix) || !path.startsWith('/')) {
      outgoing.writeHead(404).end();
      return;
    }
    const { method } = incoming;
    const all = { ...incoming.headers, ...headers };
    const forwarded = request(upstream + path, { method, headers: all });
    forwarded.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    // A browser that leaves takes its request along; an answer that nobody reads would hold the other server open.
    outgoing.on('close', () => forwarded.destroy());
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    close() {
      server.closeAllConnections();
      return once(server.close(), 'close');
    },
  };
}
