import * as v from 'valibot';
import { put, type Vector } from '../../vector';
import { analyzerOf, analyzerSchema } from './analyzer';
import { murmurHash } from './murmur-hash';

const MAX_TERMS = 10_000_000;

/** What counts the n-grams of a text. */
export const vectorizerSchema = v.strictObject({
  analyzer: analyzerSchema,
  terms: v.variant('type', [
    /** The n-grams that count, each at its position. */
    v.strictObject({
      type: v.literal('vocabulary'),
      terms: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(MAX_TERMS), v.readonly()),
    }),
    /** Every n-gram counts at the position of its hash; `alternateSign`: also downwards. */
    v.strictObject({
      type: v.literal('hash'),
      width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_TERMS)),
      alternateSign: v.boolean(),
    }),
  ]),
  /** Whether terms that occur count 1 however often they do. */
  binary: v.boolean(),
});

export type VectorizerSpec = v.InferOutput<typeof vectorizerSchema>;

/** Number of positions that a vectorizer fills. */
export function vectorizerWidth({ terms }: VectorizerSpec): number {
  return terms.type === 'hash' ? terms.width : terms.terms.length;
}

/** Adds the counts of a text to an empty part of a row, from position `offset` on. */
export function compileVectorizer(
  spec: VectorizerSpec,
  row: Required<Vector>,
  offset: number,
): (text: string) => void {
  const analyze = analyzerOf(spec.analyzer);
  const { values, nonzero } = row;
  const locate = spec.terms.type === 'hash' ? hashed(spec.terms) : known(spec.terms.terms);
  // Counts with signs can come back to 0, so that a value does not tell whether its position is listed.
  const listed = new Uint8Array(vectorizerWidth(spec));
  const location: Location = { position: 0, sign: 1 };
  const count = (term: string): void => {
    if (!locate(term, location)) return;
    const { position, sign } = location;
    if (listed[position] === 0) {
      listed[position] = 1;
      put(row, offset + position, sign);
    } else {
      values[offset + position] = values[offset + position]! + sign;
    }
  };
  return (text) => {
    const start = nonzero.count;
    analyze(text, count);
    for (let i = start; i < nonzero.count; i++) {
      const position = nonzero.indices[i]!;
      listed[position - offset] = 0;
      if (spec.binary) values[position] = 1;
    }
  };
}

interface Location {
  position: number;
  sign: number;
}

type Locate = (term: string, location: Location) => boolean;

function known(terms: readonly string[]): Locate {
  const positions = new Map(terms.map((term, position) => [term, position]));
  return (term, location) => {
    const position = positions.get(term);
    if (position === undefined) return false;
    location.position = position;
    return true;
  };
}

/** scikit-learn's FeatureHasher. */
function hashed({
  width,
  alternateSign,
}: {
  readonly width: number;
  readonly alternateSign: boolean;
}): Locate {
  return (term, location) => {
    const hash = murmurHash(Buffer.from(term));
    // The absolute value of -2^31 has no place among 32-bit integers; scikit-learn computes this instead.
    const size = hash === -(2 ** 31) ? 2 ** 31 - width : Math.abs(hash);
    location.position = size % width;
    location.sign = alternateSign && hash < 0 ? -1 : 1;
    return true;
  };
}
