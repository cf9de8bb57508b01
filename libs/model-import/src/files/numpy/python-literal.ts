import { damaged } from '../bytes/damaged';

/** What a header of `.npy` consists of; a dictionary is a list of pairs. */
export type Literal = string | number | boolean | null | readonly Literal[] | Map<string, Literal>;

const TOKEN = /\s*(?:'([^'\\]*)'|"([^"\\]*)"|(-?\d+)L?|(True|False|None)|([[\](){}:,]))/y;
const MAX_DEPTH = 8;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/** A Python literal of strings, integers, tuples, lists and one kind of dictionary, as numpy writes in headers. */
export function parsePythonLiteral(text: string): Literal {
  const parser = new LiteralParser(text);
  const value = parser.value(0);
  parser.end();
  return value;
}

class LiteralParser {
  private at = 0;
  private readonly token = new RegExp(TOKEN);

  constructor(private readonly text: string) {}

  value(depth: number): Literal {
    if (depth > MAX_DEPTH) throw this.fault();
    const [single, double, digits, word, sign] = this.next();
    if (single !== undefined) return single;
    if (double !== undefined) return double;
    if (digits !== undefined) return Number(digits);
    if (word !== undefined) return WORDS.get(word)!;
    if (sign === '(') return this.items(')', depth + 1);
    if (sign === '[') return this.items(']', depth + 1);
    if (sign === '{') return this.dictionary(depth + 1);
    throw this.fault();
  }

  end(): void {
    if (this.text.slice(this.at).trim() !== '') throw this.fault();
  }

  private items(close: string, depth: number): Literal[] {
    const items: Literal[] = [];
    while (!this.skip(close)) {
      items.push(this.value(depth));
      if (!this.skip(',') && !this.peek(close)) throw this.fault();
    }
    return items;
  }

  private dictionary(depth: number): Map<string, Literal> {
    const entries = new Map<string, Literal>();
    while (!this.skip('}')) {
      const key = this.value(depth);
      if (typeof key !== 'string' || !this.skip(':')) throw this.fault();
      entries.set(key, this.value(depth));
      if (!this.skip(',') && !this.peek('}')) throw this.fault();
    }
    return entries;
  }

  private peek(sign: string): boolean {
    this.token.lastIndex = this.at;
    return this.token.exec(this.text)?.[5] === sign;
  }

  private skip(sign: string): boolean {
    const found = this.peek(sign);
    if (found) this.at = this.token.lastIndex;
    return found;
  }

  private next(): (string | undefined)[] {
    this.token.lastIndex = this.at;
    const match = this.token.exec(this.text);
    if (!match) throw this.fault();
    this.at = this.token.lastIndex;
    return match.slice(1);
  }

  private fault(): Error {
    return damaged('has a .npy header that is not a Python literal');
  }
}
