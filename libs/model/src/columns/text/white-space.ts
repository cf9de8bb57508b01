/** What Python takes for white space; JavaScript's `\s` lacks five of these and has U+FEFF. */
const WHITE_SPACE =
  '\\t\\n\\v\\f\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const RUNS = new RegExp(`[${WHITE_SPACE}]{2,}`, 'g');
const ANY = new RegExp(`[${WHITE_SPACE}]+`);

/** Runs of two or more become one blank, as scikit-learn's character n-grams take them; single ones stay. */
export function collapseWhiteSpace(text: string): string {
  return text.replace(RUNS, ' ');
}

/** The parts between white space, as Python's `str.split()` gives them. */
export function splitAtWhiteSpace(text: string): string[] {
  return text.split(ANY).filter((part) => part !== '');
}
