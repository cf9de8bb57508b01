const SLOTS = 16_384;

/** CRC-16/XMODEM of each byte: polynomial x^16 + x^12 + x^5 + 1. */
const CRC_OF_BYTE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

/** The slot of a key in a Redis Cluster, by the cluster specification: its first `{…}` decides alone. */
export function keySlot(key: string): number {
  let crc = 0;
  for (const byte of Buffer.from(hashTag(key) ?? key)) {
    crc = ((crc << 8) ^ CRC_OF_BYTE[((crc >> 8) ^ byte) & 0xff]!) & 0xffff;
  }
  return crc % SLOTS;
}

/** What stands in the first braces of a key, unless nothing does. */
export function hashTag(key: string): string | undefined {
  const open = key.indexOf('{');
  const close = open === -1 ? -1 : key.indexOf('}', open);
  return close > open + 1 ? key.slice(open + 1, close) : undefined;
}
