/** Where a key is given again: names and positions that lead to it from the root, the key last. */
export type JsonPath = readonly (string | number)[];

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

interface Level {
  /** The keys of an object so far; absent for an array. */
  readonly keys?: Set<string>;
  /** The key or position of the value that comes next. */
  at: string | number;
}

/**
 * The keys that an object of `text` gives more than once, in the order of their repetition, at most `max`.
 * `text` must be valid JSON: only what is needed to tell keys from values is looked at.
 */
export function duplicateKeys(text: string, max = Infinity): JsonPath[] {
  const duplicates: JsonPath[] = [];
  const levels: Level[] = [];
  let level: Level | undefined;
  let string = '';
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case QUOTE: {
        const end = endOfString(text, i);
        string = text.slice(i, end + 1);
        i = end;
        break;
      }
      case COLON: {
        // Whether written with escapes or not, it is the same key.
        const key = JSON.parse(string) as string;
        const { keys } = level!;
        level!.at = key;
        if (keys!.has(key) && duplicates.push(levels.map(({ at }) => at)) >= max) return duplicates;
        keys!.add(key);
        break;
      }
      case COMMA:
        if (!level!.keys) level!.at = (level!.at as number) + 1;
        break;
      case 0x7b: // {
        levels.push((level = { keys: new Set(), at: '' }));
        break;
      case 0x5b: // [
        levels.push((level = { at: 0 }));
        break;
      case 0x7d: // }
      case 0x5d: // ]
        levels.pop();
        level = levels.at(-1);
        break;
    }
  }
  return duplicates;
}

/** Position of the quote that ends the string which begins at `start`. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  for (;;) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
}
