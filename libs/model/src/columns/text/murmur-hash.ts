const FIRST = 0xcc9e2d51;
const SECOND = 0x1b873593;

/** MurmurHash3 of 32 bits (Appleby, 2011) with seed 0, as a signed integer. */
export function murmurHash(bytes: Uint8Array): number {
  const { length } = bytes;
  const blocks = length - (length % 4);
  let hash = 0;
  for (let i = 0; i < blocks; i += 4) {
    const block = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    hash = rotate(hash ^ mix(block), 13);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = length - 1; i >= blocks; i--) tail = (tail << 8) | bytes[i]!;
  if (length > blocks) hash ^= mix(tail);
  return finish(hash ^ length);
}

function mix(block: number): number {
  return Math.imul(rotate(Math.imul(block, FIRST), 15), SECOND);
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function finish(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
