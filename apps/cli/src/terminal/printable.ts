/** What moves the cursor, colours, or turns the order of letters around: a model file may hold it in any name. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text of several lines as a terminal can show it; control characters are written as escapes, `\u001b`. */
export function printable(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (char) => `\\u${char.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}
