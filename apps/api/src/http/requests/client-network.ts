import { normalizeIp } from '@nestjs/throttler';

/** The network of a client address, which identifies no person: IPv4 /24 or IPv6 /48. */
export function clientNetwork(address: string): string {
  const unmapped = address.includes(':') ? normalizeIp(address, 48) : address;
  if (unmapped.includes(':')) return unmapped;
  return `${unmapped.slice(0, unmapped.lastIndexOf('.'))}.0/24`;
}
