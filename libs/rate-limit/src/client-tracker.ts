import { isIP } from 'node:net';
import { normalizeIp } from '@nestjs/throttler';
import type { Request } from 'express';

const BRACKETED_WITH_PORT = /^\[([^\]]+)\](?::\d+)?$/;
const IPV4_WITH_PORT = /^(\d+\.\d+\.\d+\.\d+):\d+$/;

/** Whose requests are counted together: an IPv4 address (also where it comes mapped into IPv6) or an IPv6 /64. */
export function clientTracker(request: Pick<Request, 'ip' | 'socket'>): string {
  return normalizeIp(clientAddress(request), 64);
}

/**
 * The address of a client. Takes `request.ip`, which is found as TRUST_PROXY allows; some proxies put
 * `ip:port` there, and what is no address at all is not believed: then it is the peer of the connection.
 */
export function clientAddress(request: Pick<Request, 'ip' | 'socket'>): string {
  const claimed = withoutPort(request.ip ?? '');
  return isIP(claimed) === 0 ? (request.socket.remoteAddress ?? '') : claimed;
}

function withoutPort(address: string): string {
  const match = BRACKETED_WITH_PORT.exec(address) ?? IPV4_WITH_PORT.exec(address);
  return match?.[1] ?? address;
}
