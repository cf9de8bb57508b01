import { murmurHash } from './murmur-hash';

// Published test vectors of MurmurHash3 x86 32 with seed 0, as unsigned integers.
test.each([
  ['', 0],
  ['a', 0x3c2569b2],
  ['ab', 0x9bbfd75f],
  ['abc', 0xb3dd93fa],
  ['abcd', 0x43ed676a],
  ['hello', 0x248bfa47],
  ['Hello, world!', 0xc0363e43],
  ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
])('%j', (text, hash) => {
  expect(murmurHash(Buffer.from(text)) >>> 0).toBe(hash);
});
