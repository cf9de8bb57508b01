import { TAB, LINE_FEED, RETURN, SPACE, QUOTE, BACKSLASH } from './json-codes';

/** By their first character. */
const LITERALS = new Map(
  [true, false, null].map((value) => [String(value).charCodeAt(0), value] as const),
);

/**
 * Reads JSON from bytes, mark by mark. What is absent, or written in another way than is understood here, is said by `false` or
 * `undefined`; `at` is behind what was found.
 */
export class JsonBytes {
  protected at = 0;
  private text?: string;

  constructor(protected readonly bytes: Buffer) {}

  protected literal(): boolean | null | undefined {
    const value = LITERALS.get(this.bytes[this.at]!);
    const word = String(value);
    const end = this.at + word.length;
    if (this.latin1().slice(this.at, end) !== word) return undefined;
    this.at = end;
    return value;
  }

  protected key(): string | undefined {
    return this.bytes[this.at] === QUOTE ? this.string() : undefined;
  }

  /** A text without escapes; cut from `latin1` where it is ASCII, which costs less than decoding each by itself. */
  protected string(latin1?: string): string | undefined {
    const { bytes } = this;
    const start = this.at + 1;
    let at = start;
    let code = bytes[at]!;
    let bits = 0;
    while (code !== QUOTE) {
      if (code === BACKSLASH || !(code >= SPACE)) return undefined;
      bits |= code;
      code = bytes[++at]!;
    }
    this.at = at + 1;
    return latin1 !== undefined && bits < 0x80
      ? latin1.slice(start, at)
      : bytes.toString('utf8', start, at);
  }

  /** A character for each byte of the body. */
  protected latin1(): string {
    return (this.text ??= this.bytes.toString('latin1'));
  }

  /** Takes a mark, and the white space before it. */
  protected takes(code: number): boolean {
    this.skipSpace();
    if (this.bytes[this.at] !== code) return false;
    this.at += 1;
    return true;
  }

  protected skipSpace(): void {
    const { bytes } = this;
    let code = bytes[this.at];
    while (code === SPACE || code === LINE_FEED || code === TAB || code === RETURN) {
      code = bytes[++this.at];
    }
  }
}
