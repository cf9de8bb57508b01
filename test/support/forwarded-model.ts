import { BlockList, isIP } from 'node:net';

/** Whom a plain reading of TRUST_PROXY says a request is from: the way of counting that the server promises. */
export function expectedBucket(
  trustProxy: string,
  forwardedFor: string | undefined,
  peer: string,
): string {
  const entries = (forwardedFor ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const chain = [...entries, peer];
  const claimed = /^\d+$/.test(trustProxy)
    ? chain[Math.max(0, chain.length - 1 - Number(trustProxy))]!
    : lastUntrusted(chain, trustProxy.split(',').filter(Boolean));
  return bucketOf(claimed) ?? bucketOf(peer)!;
}

/** From the right, the first that is no proxy of ours; where all are, the first of all. */
function lastUntrusted(chain: readonly string[], networks: readonly string[]): string {
  const trusted = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = (network === 'loopback' ? '127.0.0.1/8' : network).split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    trusted.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
    if (network === 'loopback') trusted.addAddress('::1', 'ipv6');
  }
  const isTrusted = (entry: string): boolean => {
    const version = isIP(entry);
    return version !== 0 && trusted.check(entry, version === 6 ? 'ipv6' : 'ipv4');
  };
  return chain.findLast((entry) => !isTrusted(entry)) ?? chain[0]!;
}

/** An IPv4 address, or the first four groups of an IPv6 one; `undefined` for what is no address. */
function bucketOf(entry: string): string | undefined {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(entry)?.[1] ?? entry.replace(/^([\d.]+):\d+$/, '$1');
  if (isIP(bare) === 4) return bare;
  if (isIP(bare) !== 6) return undefined;
  const groups = groupsOf(bare.split('%')[0]!);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return [groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join('.');
  }
  // The machine itself is no network.
  if (groups.join('') === '00000001') return '::1';
  return groups.slice(0, 4).join(':');
}

function groupsOf(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  if (dotted) {
    const [a, b, c, d] = dotted.slice(2).map(Number);
    const hex = (high: number, low: number): string => (high * 256 + low).toString(16);
    return groupsOf(`${dotted[1]}${hex(a!, b!)}:${hex(c!, d!)}`);
  }
  const [left = '', right] = address.split('::');
  const parse = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [start, end] = [parse(left), parse(right ?? '')];
  return right === undefined
    ? start
    : [...start, ...Array<number>(8 - start.length - end.length).fill(0), ...end];
}
