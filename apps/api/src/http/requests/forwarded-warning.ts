import type { IncomingMessage } from 'node:http';
import { clientNetwork } from './client-network';

/**
 * Warns once where a request with X-Forwarded-For comes from a peer that is not trusted: if that is a proxy of the
 * operator's, all clients behind it share one limit.
 */
export class ForwardedWarning {
  private isDone = false;

  constructor(
    private readonly isTrusted: (peer: string) => boolean,
    private readonly warn: (message: string) => void,
  ) {}

  look({ headers, socket }: IncomingMessage): void {
    if (this.isDone || headers['x-forwarded-for'] === undefined) return;
    const peer = socket.remoteAddress ?? '';
    if (this.isTrusted(peer)) return;
    this.isDone = true;
    this.warn(
      `X-Forwarded-For arrived from ${clientNetwork(peer)}, which TRUST_PROXY does not trust, and was ignored. ` +
        'If that is your proxy, all clients behind it share one limit: set TRUST_PROXY to the number or the ' +
        'addresses of your proxies',
    );
  }
}
