import type { VectorizerSpec } from '@inferserve/model';
import { numberOf } from '../../files/numpy/scalar-of';
import type { Estimator } from '../contract/estimator';
import { listOf } from './members';

type AnalyzerSpec = VectorizerSpec['analyzer'];
type Tokens = NonNullable<AnalyzerSpec['tokens']>;

const UNITS: readonly AnalyzerSpec['unit'][] = ['word', 'char', 'char_wb'];

/** Classes of characters in patterns of tokens. */
const CHARACTERS: ReadonlyMap<string, Tokens['characters']> = new Map([
  ['\\w', 'word'],
  ['[a-zA-Z]', 'latin-letters'],
  ['[A-Za-z]', 'latin-letters'],
  ['[a-z]', 'latin-lower-case'],
  ['[a-zA-Z0-9]', 'latin-alphanumeric'],
  ['[A-Za-z0-9]', 'latin-alphanumeric'],
  ['[a-z0-9A-Z]', 'latin-alphanumeric'],
  ['\\S', 'not-space'],
]);

/** `(?u)`, `\b`, one class of characters as often as it is repeated, `\b`. */
const PATTERN = /^(?:\(\?u\))?(\\b)?(\\w|\\S|\[[\w-]+\])(\2*)(\+|\{\d+,\})?(\\b)?$/;

/**
 * How a vectorizer takes a text apart.
 * @throws ModelImportError for functions of the user, and for patterns of tokens beyond the usual ones
 */
export function analyzerOf(vectorizer: Estimator): AnalyzerSpec {
  for (const name of ['preprocessor', 'tokenizer']) {
    if (vectorizer.get(name) === null) continue;
    throw vectorizer.fault(
      'is a function, which is not in the file',
      'Apply it to the text before sending it, and fit the vectorizer without it.',
      name,
    );
  }
  const unit = UNITS.find((known) => known === vectorizer.get('analyzer'));
  if (!unit) {
    throw vectorizer.fault(
      'is a function, which is not in the file',
      'Fit it with analyzer="word", "char" or "char_wb".',
      'analyzer',
    );
  }
  const input = vectorizer.text('input') ?? 'content';
  if (input !== 'content') {
    throw vectorizer.fault(
      `reads files (input="${input}"), but requests hold the text itself`,
      'Fit it with input="content".',
      'input',
    );
  }
  return {
    unit,
    ngrams: ngramsOf(vectorizer),
    lowercase: vectorizer.flag('lowercase', true),
    ...accentsOf(vectorizer),
    ...(unit === 'word' && { ...tokensOf(vectorizer), ...stopWordsOf(vectorizer) }),
  };
}

function ngramsOf(vectorizer: Estimator): readonly [number, number] {
  const [least, most] = (listOf(vectorizer.get('ngram_range')) ?? [1, 1]).map(numberOf);
  const isRange = least !== undefined && most !== undefined && least >= 1 && least <= most;
  if (isRange && most <= 100) return [least, most];
  throw vectorizer.fault('is not a range of n-grams', 'Fit it again.', 'ngram_range');
}

function accentsOf(vectorizer: Estimator): Pick<AnalyzerSpec, 'accents'> {
  const value = vectorizer.get('strip_accents');
  if (value === null) return {};
  if (value === 'unicode' || value === 'ascii') return { accents: value };
  throw vectorizer.fault(
    'is a function, which is not in the file',
    'Fit it with strip_accents="unicode" or "ascii".',
    'strip_accents',
  );
}

function tokensOf(vectorizer: Estimator): Pick<AnalyzerSpec, 'tokens'> {
  const pattern = vectorizer.text('token_pattern') ?? '';
  const [all, start, atom, more, times, end] = PATTERN.exec(pattern) ?? [];
  const characters = CHARACTERS.get(atom ?? '');
  const isWhole = start !== undefined;
  // A boundary beside anything but word characters is not the edge of a token.
  const isClear = isWhole === (end !== undefined) && !(isWhole && characters === 'not-space');
  if (all === undefined || !characters || !isClear) {
    throw vectorizer.fault(
      `finds words by the pattern ${JSON.stringify(pattern.slice(0, 60))}, which is not supported`,
      'Fit it with the default token_pattern, or one of one class of characters such as (?u)\\b\\w+\\b.',
      'token_pattern',
    );
  }
  const repeated = 1 + (more ?? '').length / atom!.length;
  // A sign behind the last repetition makes it one or more, {n,} makes it n or more.
  const counted = /\d+/.exec(times ?? '');
  const least = counted ? repeated - 1 + Number(counted[0]) : repeated;
  if (times === undefined || least < 1 || least > 100) {
    throw vectorizer.fault(
      'finds words of one length only, which is not supported',
      'Fit it with the default token_pattern.',
      'token_pattern',
    );
  }
  const isDefault = characters === 'word' && least === 2 && isWhole;
  return isDefault ? {} : { tokens: { characters, least, whole: isWhole } };
}

function stopWordsOf(vectorizer: Estimator): Pick<AnalyzerSpec, 'stopWords'> {
  const value = vectorizer.get('stop_words');
  if (value === null) return {};
  if (value === 'english') return { stopWords: value };
  const words = value instanceof Set ? [...value] : listOf(value);
  const list = words?.filter((word) => typeof word === 'string');
  if (list && list.length === words!.length) return { stopWords: list.toSorted() };
  throw vectorizer.fault('is not a list of words', 'Fit it again.', 'stop_words');
}
