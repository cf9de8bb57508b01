import fc from 'fast-check';

/** One byte in place of another. */
export const replacement = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) });

/** A few changes to a sound file: bytes replaced, pieces removed or put in. */
export const mutation = fc.oneof(
  { weight: 4, arbitrary: replacement },
  { weight: 1, arbitrary: fc.record({ at: fc.nat(), cut: fc.integer({ min: 1, max: 64 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ at: fc.nat(), insert: fc.uint8Array({ minLength: 1, maxLength: 16 }) }),
  },
);

export type Mutation = { at: number; byte?: number; cut?: number; insert?: Uint8Array };

/** The bytes after changes, one after the other. */
export function mutate(bytes: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
  return mutations.reduce(
    (changed: Uint8Array, { at, byte, cut = 0, insert = new Uint8Array(0) }) => {
      const position = at % Math.max(1, changed.length);
      if (byte !== undefined) {
        const copy = Uint8Array.from(changed);
        copy[position] = byte;
        return copy;
      }
      return Buffer.concat([
        changed.subarray(0, position),
        insert,
        changed.subarray(position + cut),
      ]);
    },
    bytes,
  );
}
