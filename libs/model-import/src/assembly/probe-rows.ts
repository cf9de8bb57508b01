import type { ColumnSpec, InputValue } from '@inferserve/model';

/** Rows of wide models stay few, so that the artifact stays small. */
const MAX_NUMBERS = 20_000;
const MAX_ROWS = 48;

/**
 * Rows that a model's columns take, made of their samples: every column at its first sample, then each row another
 * mixture, with values that are missing or unknown where the columns accept such. The same for the same model.
 */
export function probeRows(
  columns: readonly ColumnSpec[],
  samples: readonly (readonly number[])[],
): InputValue[][] {
  const choices = columns.map((column, j) => choicesOf(column, samples[j] ?? []));
  const count = Math.max(1, Math.min(MAX_ROWS, Math.floor(MAX_NUMBERS / columns.length)));
  const random = generator(columns.length);
  return Array.from({ length: count }, (_, row) =>
    choices.map((values) => values[row === 0 ? 0 : Math.floor(random() * values.length)]!),
  );
}

function choicesOf(column: ColumnSpec, samples: readonly number[]): readonly InputValue[] {
  const missing = 'nullable' in column && column.nullable ? [null] : [];
  switch (column.type) {
    case 'number': {
      const { magnitude = Number.MAX_VALUE } = column;
      const numbers = spread(samples).filter((value) => Math.abs(value) <= magnitude);
      return [...(numbers.length > 0 ? numbers : [0, 1, -1, 2.5, 10]), ...missing];
    }
    case 'boolean':
      return [false, true, ...missing];
    case 'category':
      return [
        ...column.values.slice(0, 20),
        ...(column.unknown === 'accept' ? ['a value that no training row had'] : []),
        ...missing,
      ];
    case 'text':
      return ['', 'a text that no training row had', ...termsOf(column)];
  }
}

/** Terms of the first vectorizer, alone and together. */
function termsOf({ vectorizers }: Extract<ColumnSpec, { type: 'text' }>): string[] {
  const [first] = vectorizers;
  const terms = first?.terms.type === 'vocabulary' ? first.terms.terms.slice(0, 12) : [];
  return [...terms, terms.join(' ')];
}

/** At most 16 of the samples, rounded so that they stay readable. */
function spread(samples: readonly number[]): number[] {
  const distinct = [...new Set(samples.filter(Number.isFinite))];
  const step = Math.max(1, Math.floor(distinct.length / 16));
  return distinct
    .filter((_, i) => i % step === 0)
    .slice(0, 16)
    .map((value) => Number(value.toPrecision(6)));
}

/** Numbers from 0 to 1 that look random and are the same everywhere (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
