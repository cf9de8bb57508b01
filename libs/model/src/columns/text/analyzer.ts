import * as v from 'valibot';
import { ENGLISH_STOP_WORDS } from './english-stop-words';
import { stripAccents } from './strip-accents';
import { collapseWhiteSpace, splitAtWhiteSpace } from './white-space';

const MAX_NGRAM = 100;

/** Characters that words are made of: those of Python's `\\w`, or of classes that people write instead. */
const CHARACTERS = {
  word: '[\\p{L}\\p{N}_]',
  'latin-letters': '[A-Za-z]',
  'latin-lower-case': '[a-z]',
  'latin-alphanumeric': '[A-Za-z0-9]',
  'not-space':
    '[^\\t\\n\\v\\f\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]',
} as const;

type Characters = keyof typeof CHARACTERS;

const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_NGRAM));

export const analyzerSchema = v.strictObject({
  /** What n-grams are made of: words, characters, or characters of one word and the blanks around it. */
  unit: v.picklist(['word', 'char', 'char_wb']),
  /** For words: runs of at least `least` of these characters; `whole`: only where no word character adjoins. */
  tokens: v.optional(
    v.strictObject({
      characters: v.picklist(Object.keys(CHARACTERS) as Characters[]),
      least: size,
      whole: v.boolean(),
    }),
  ),
  /** For words: left out before n-grams are formed; `english` is scikit-learn's list. */
  stopWords: v.optional(
    v.union([
      v.literal('english'),
      v.pipe(v.array(v.string()), v.maxLength(100_000), v.readonly()),
    ]),
  ),
  ngrams: v.pipe(
    v.tuple([size, size]),
    v.check(([least, most]) => least <= most, 'has its lower bound above its upper bound'),
    v.readonly(),
  ),
  lowercase: v.boolean(),
  accents: v.optional(v.picklist(['unicode', 'ascii'])),
});

export type AnalyzerSpec = v.InferOutput<typeof analyzerSchema>;

/** scikit-learn's default: two or more word characters. */
const DEFAULT_TOKENS = { characters: 'word', least: 2, whole: true } as const;

/** The n-grams of a text, one after the other, each as often as it occurs. */
export type Analyzer = (text: string, emit: (term: string) => void) => void;

/** The analyzer of a vectorizer, as scikit-learn's `build_analyzer` makes it. */
export function analyzerOf(spec: AnalyzerSpec): Analyzer {
  const analyze = spec.unit === 'word' ? words(spec) : characters(spec);
  return (text, emit) => {
    const lowered = spec.lowercase ? text.toLowerCase() : text;
    analyze(spec.accents ? stripAccents(lowered, spec.accents) : lowered, emit);
  };
}

function words({
  tokens = DEFAULT_TOKENS,
  stopWords,
  ngrams: [least, most],
}: AnalyzerSpec): Analyzer {
  const pattern = tokenPattern(tokens);
  const stops = new Set(stopWords === 'english' ? ENGLISH_STOP_WORDS : stopWords);
  return (text, emit) => {
    const found = text.match(pattern) ?? [];
    const kept = stops.size > 0 ? found.filter((word) => !stops.has(word)) : found;
    for (let n = least; n <= Math.min(most, kept.length); n++) {
      for (let i = 0; i + n <= kept.length; i++) {
        emit(n === 1 ? kept[i]! : kept.slice(i, i + n).join(' '));
      }
    }
  };
}

function tokenPattern({ characters, least, whole }: NonNullable<AnalyzerSpec['tokens']>): RegExp {
  const word = CHARACTERS.word;
  const run = `${CHARACTERS[characters]}{${least},}`;
  // Within one class of characters a run ends where a word does, unless words have characters beyond it.
  return new RegExp(whole ? `(?<!${word})${run}(?!${word})` : run, 'gu');
}

function characters({ unit, ngrams: [least, most] }: AnalyzerSpec): Analyzer {
  return (text, emit) => {
    const collapsed = collapseWhiteSpace(text);
    if (unit === 'char') {
      const starts = startsOf(collapsed);
      const length = starts.length - 1;
      for (let n = least; n <= Math.min(most, length); n++) substrings(collapsed, starts, n, emit);
      return;
    }
    for (const word of splitAtWhiteSpace(collapsed)) {
      const padded = ` ${word} `;
      const starts = startsOf(padded);
      const length = starts.length - 1;
      for (let n = least; n <= most; n++) {
        substrings(padded, starts, Math.min(n, length), emit);
        // A word that is not longer than n counts once, not again for every larger n.
        if (n >= length) break;
      }
    }
  };
}

/** Where each character starts, and where the last one ends; by code point, as Python counts. */
function startsOf(text: string): readonly number[] {
  const starts = [0];
  let end = 0;
  for (const character of text) {
    end += character.length;
    starts.push(end);
  }
  return starts;
}

/** All runs of `n` characters. */
function substrings(
  text: string,
  starts: readonly number[],
  n: number,
  emit: (term: string) => void,
): void {
  for (let i = 0; i + n < starts.length; i++) emit(text.slice(starts[i], starts[i + n]));
}
