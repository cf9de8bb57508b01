import { readFileSync } from 'node:fs';
import { COMPILE_CONTEXT } from '../compile/compile-kinds';
import type { TfidfSpec } from '../transforms/tfidf';
import { clear, sparseVector, type Vector } from '../vector';
import { columnKind } from './columns';
import type { VectorizerSpec } from './text/vectorizer';
import type { TextColumnSpec } from './text-column';

/** The positions of a row that are listed, and their values. */
type Row = readonly (readonly [position: number, value: number])[];

const { texts, counts, tfidf } = JSON.parse(
  readFileSync('test/reference/text-reference.json', 'utf8'),
) as {
  texts: readonly string[];
  counts: readonly { name: string; vectorizer: VectorizerSpec; rows: readonly Row[] }[];
  tfidf: readonly {
    name: string;
    vectorizer: VectorizerSpec;
    tfidf: TfidfSpec;
    rows: readonly Row[];
  }[];
};

function columnOf(...vectorizers: VectorizerSpec[]): TextColumnSpec {
  return { type: 'text', name: 'text', vectorizers };
}

function rowOf({ values, nonzero }: Vector): Row {
  const positions = [...nonzero!.indices.subarray(0, nonzero!.count)];
  expect(new Set(positions).size).toBe(positions.length);
  return positions
    .toSorted((a, b) => a - b)
    .map((position) => [position, values[position]!] as const);
}

describe('a text column', () => {
  test.each(counts.map((entry) => [entry.name, entry] as const))(
    'counts as scikit-learn: %s',
    (_, { vectorizer, rows }) => {
      const spec = columnOf(vectorizer);
      const kind = columnKind(spec);
      const input = sparseVector(kind.width(spec));
      const reader = kind.compile(spec, input, 0);
      for (const [i, text] of texts.entries()) {
        clear(input);
        expect(reader.read(text)).toBe(true);
        expect([text, rowOf(input)]).toEqual([text, rows[i]]);
      }
    },
  );

  test('holds the counts of several vectorizers side by side', () => {
    const [first, second] = [counts[0]!, counts[1]!];
    const spec = columnOf(first.vectorizer, second.vectorizer);
    const kind = columnKind(spec);
    const input = sparseVector(1 + kind.width(spec));
    kind.compile(spec, input, 1).read(texts[0]);
    const width = kind.width(columnOf(first.vectorizer));
    expect(rowOf(input)).toEqual([
      ...first.rows[0]!.map(([position, value]) => [1 + position, value]),
      ...second.rows[0]!.map(([position, value]) => [1 + width + position, value]),
    ]);
  });

  test.each<[unknown, string | undefined]>([
    ['', undefined],
    ['x'.repeat(10), undefined],
    ['x'.repeat(11), 'string_too_long'],
    [null, 'string_type'],
    [1, 'string_type'],
    [['text'], 'string_type'],
  ])('takes or refuses %p', (value, fault) => {
    const spec = { ...columnOf(counts[0]!.vectorizer), maxLength: 10 };
    const kind = columnKind(spec);
    const reader = kind.compile(spec, sparseVector(kind.width(spec)), 0);
    expect(reader.read(value)).toBe(fault === undefined);
    expect(reader.fault(value)?.type).toBe(fault);
  });
});

describe('TF-IDF', () => {
  test.each(tfidf.map((entry) => [entry.name, entry] as const))(
    'as scikit-learn: %s',
    (_, { vectorizer, tfidf: step, rows }) => {
      const spec = columnOf(vectorizer);
      const kind = columnKind(spec);
      const input = sparseVector(kind.width(spec));
      const reader = kind.compile(spec, input, 0);
      const { output, run } = COMPILE_CONTEXT.pipeline([step], input, 'pipeline');
      const dense: Vector = { values: input.values };
      const onDense = COMPILE_CONTEXT.pipeline([step], dense, 'pipeline');
      for (const [i, text] of texts.entries()) {
        clear(input);
        reader.read(text);
        run(1);
        onDense.run(1);
        const computed = rowOf(output);
        const expected = rows[i]!;
        expect(computed.map(([position]) => position)).toEqual(
          expected.map(([position]) => position),
        );
        for (const [j, [position, value]] of expected.entries()) {
          expect(Math.abs(computed[j]![1] - value)).toBeLessThanOrEqual(1e-15);
          expect(onDense.output.values[position]).toBeCloseTo(value, 14);
        }
        expect(onDense.output.values.filter((value) => value !== 0)).toHaveLength(expected.length);
      }
    },
  );

  test('needs a weight for each position', () => {
    const step: TfidfSpec = { type: 'tfidf', idf: [1], sublinear: false, norm: null };
    expect(() => COMPILE_CONTEXT.pipeline([step], sparseVector(2), 'pipeline')).toThrow(
      expect.objectContaining({ path: 'pipeline[0].idf' }),
    );
  });
});
