import type { ColumnSpec, InputValue, TextColumnSpec } from '@inferserve/model';

/** Rows of wide models stay few, so that the artifact stays small. */
const MAX_NUMBERS = 20_000;
const MAX_ROWS = 48;

/**
 * Rows that a model's columns take, made of their samples: every column in the middle of its samples, then each row
 * another mixture, with values that are missing or unknown where the columns accept such. The same for the same model.
 */
export function probeRows(
  columns: readonly ColumnSpec[],
  samples: readonly (readonly number[])[],
): InputValue[][] {
  const choices = columns.map((column, j) => choicesOf(column, samples[j] ?? []));
  const count = Math.max(1, Math.min(MAX_ROWS, Math.floor(MAX_NUMBERS / columns.length)));
  const random = generator(columns.length);
  return Array.from({ length: count }, (_, row) =>
    choices.map((values, j) =>
      row === 0 ? middle(columns[j]!, values) : values[Math.floor(random() * values.length)]!,
    ),
  );
}

/** The value that people see first. */
function middle(column: ColumnSpec, values: readonly InputValue[]): InputValue {
  const [first] = values;
  if (column.type !== 'number' || column.values) return first!;
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  // What is only told apart between 0 and 1 is yes or no.
  if (column.booleans && numbers[0]! > 0 && numbers.at(-1)! < 1) return 1;
  // Between the quartiles: the samples of trees lie on both sides of their thresholds.
  const lower = numbers[Math.floor(numbers.length / 4)]!;
  const upper = numbers[Math.ceil((numbers.length * 3) / 4) - 1]!;
  const between = lower / 2 + upper / 2;
  // Among whole numbers, such as codes, another one would be odd.
  const isWhole = numbers.every(Number.isInteger);
  const rounded = isWhole ? Math.round(between) : Number(between.toPrecision(3));
  return isTaken(column, rounded) ? rounded : first!;
}

function isTaken(
  {
    magnitude = Number.MAX_VALUE,
    exclusiveMinimum = -Infinity,
  }: Extract<ColumnSpec, { type: 'number' }>,
  value: number,
): boolean {
  return Math.abs(value) <= magnitude && value > exclusiveMinimum;
}

function choicesOf(column: ColumnSpec, samples: readonly number[]): readonly InputValue[] {
  const missing = 'nullable' in column && column.nullable ? [null] : [];
  switch (column.type) {
    case 'number': {
      const takes = (value: number): boolean => isTaken(column, value);
      const numbers = column.values?.slice(0, 20) ?? spread(samples).filter(takes);
      const plain = [0, 1, -1, 2.5, 10].filter(takes);
      return [...(numbers.length > 0 ? numbers : plain), ...missing];
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
      return textsOf(column.vectorizers);
  }
}

/** Texts of known terms, so that most of what a model knows about a text is tried. */
function textsOf(vectorizers: TextColumnSpec['vectorizers']): readonly string[] {
  const terms = vectorizers.flatMap(({ terms }) =>
    terms.type === 'vocabulary' ? spreadOver(terms.terms, 60) : ['one', 'two', 'three', 'four'],
  );
  const texts = Array.from({ length: 12 }, (_, i) => spreadOver(terms.slice(i * 3), 5).join(' '));
  // The first one is seen by people.
  const words = terms.filter((term) => /^\p{L}{3,}$/u.test(term));
  if (words.length > 0) texts[0] = spreadOver(words, 5).join(' ');
  return [...texts, '', 'A sentence of words that no training text may have had.'];
}

/** At most `count` elements, evenly spaced. */
function spreadOver(values: readonly string[], count: number): readonly string[] {
  const step = Math.max(1, Math.floor(values.length / count));
  return values.filter((_, i) => i % step === 0).slice(0, count);
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
