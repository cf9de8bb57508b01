import { packArray } from '../../artifact/numeric-array';
import type { CategoriesSpec } from './trees-spec';

/** Codes beyond this belong to no set; XGBoost has the same limit. */
const MAX_CODE = 2 ** 24;
/** 32 MiB of words: more is no real model, but one node with a huge code can ask for it. */
const MAX_WORDS = 2 ** 23;

/** Sets of category codes on positions of the input, equal ones stored once. */
export class CategorySetTable {
  private readonly known = new Map<string, number>();
  private readonly features: number[] = [];
  private readonly lengths: number[] = [];
  private readonly words: number[] = [];
  private readWords = 0;

  get size(): number {
    return this.features.length;
  }

  /** The set's number; `undefined` where a code is no whole number of 0 or more or the sets grow too large. */
  add(feature: number, codes: Iterable<number>): number | undefined {
    const words = wordsOf(codes);
    if (!words || (this.readWords += words.length) > MAX_WORDS) return undefined;
    const key = `${feature}:${words.join()}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, this.size);
    this.lengths.push(words.length);
    for (const word of words) this.words.push(word);
    return this.features.push(feature) - 1;
  }

  toSpec(): Pick<CategoriesSpec, 'features' | 'lengths' | 'words'> {
    return {
      features: packArray(Int32Array.from(this.features)),
      lengths: packArray(Int32Array.from(this.lengths)),
      words: packArray(Uint32Array.from(this.words)),
    };
  }
}

function wordsOf(codes: Iterable<number>): number[] | undefined {
  const words: number[] = [];
  for (const code of codes) {
    if (!Number.isInteger(code) || code < 0 || code >= MAX_CODE) return undefined;
    while (words.length <= code >> 5) words.push(0);
    words[code >> 5] = (words[code >> 5]! | (1 << (code & 31))) >>> 0;
  }
  return words;
}
