import { isIP } from 'node:net';
import { normalizeIp } from '@nestjs/throttler';
import type { Request } from 'express';

const BRACKETED_WITH_PORT = /^\[([^\]]+)\](?::\d+)?$/;
const IPV4_WITH_PORT = /^(\d+\.\d+\.\d+\.\d+):\d+$/;

/** The client that a request counts for: an IPv4 address (IPv4-mapped IPv6 included) or an IPv6 /64. */
export function clientTracker(request: Pick<Request, 'ip' | 'socket'>): string {
  const address = clientAddress(request);
  return address.includes(':') ? normalizeIp(address, 64) : address;
}

/**
 * The address of a client: `request.ip`, which follows TRUST_PROXY, without the port that some proxies add.
 * A value that is not an address is ignored in favour of the peer of the connection.
 */
export function clientAddress(request: Pick<Request, 'ip' | 'socket'>): string {
  const claimed = withoutPort(request.ip ?? '');
  return isIP(claimed) === 0 ? (request.socket.remoteAddress ?? '') : claimed;
}

function withoutPort(address: string): string {
  if (!address.includes(':')) return address;
  const match = BRACKETED_WITH_PORT.exec(address) ?? IPV4_WITH_PORT.exec(address);
  return match?.[1] ?? address;
}
