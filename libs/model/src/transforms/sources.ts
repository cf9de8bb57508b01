/** In place of a position: what stands there depends on several. */
export const MIXTURE = -1;

/** Each position of the output comes from the same one of the input. */
export function ownPositions(width: number): Int32Array {
  return Int32Array.from({ length: width }, (_, j) => j);
}

/** Position `j` of the input gives `counts[j]` positions of the output, one block after the other. */
export function blockPositions(counts: readonly number[]): Int32Array {
  return Int32Array.from(counts.flatMap((count, j) => Array.from({ length: count }, () => j)));
}

/** Where positions come from whose steps follow one another: `later` counts positions of `earlier`. */
export function composed(earlier: Int32Array, later: Int32Array): Int32Array {
  return later.map((j) => (j === MIXTURE ? MIXTURE : earlier[j]!));
}
