const STEPS = 12;
/** For a model of which a single answer is known: multiples of it. */
const MULTIPLES = [0.1, 0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 4, 10];
const AROUND_ZERO = [-100, -10, -1, -0.1, 0, 0.1, 1, 10, 100];

/** Bucket bounds for the answers of a regressor, ascending: equal steps across its stated answers, rounded. */
export function valueBounds(stated: readonly number[]): readonly number[] {
  // Not by spreading: there may be as many as an artifact allows.
  const low = stated.reduce((least, value) => Math.min(least, value), Infinity);
  const high = stated.reduce((most, value) => Math.max(most, value), -Infinity);
  const step = (high - low) / STEPS;
  const bounds =
    step > 0 && Number.isFinite(step)
      ? Array.from({ length: STEPS + 1 }, (_, i) => rounded(low + i * step, step))
      : low === 0
        ? AROUND_ZERO
        : MULTIPLES.map((multiple) => rounded(low * multiple, Math.abs(low) / 10));
  return [...new Set(bounds.filter(Number.isFinite))].sort((a, b) => a - b);
}

/** The nearest number with no more digits than two beyond the first of `step`, so that labels stay short. */
function rounded(value: number, step: number): number {
  const digits = Math.ceil(Math.log10(Math.abs(value) / step)) + 2;
  return value === 0 ? 0 : Number(value.toPrecision(Math.min(17, Math.max(1, digits))));
}
