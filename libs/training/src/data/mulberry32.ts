/**
 * Uniform numbers in [0, 1) with 32 random bits, the same for the same seed on every machine.
 * Tommy Ettinger's mulberry32 (2017, public domain): enough for shuffles, not for secrets.
 */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
