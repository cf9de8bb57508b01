import { RowTable } from '../body/row-table';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const CAPITAL_E = 0x45;
const LIST = 0x5b;
const BACKSLASH = 0x5c;
const LIST_END = 0x5d;
const SMALL_E = 0x65;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** A position or count where something else stands than has to. */
const ABSENT = -1;

const LITERALS = new Map(
  [true, false, null].map((value) => [String(value).charCodeAt(0), value] as const),
);
/** The powers of ten that are doubles. A quotient of two doubles is rounded once, which is what makes it exact. */
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** A body that holds nothing but rows. */
export interface ParsedTable {
  /** The only member of the body. */
  readonly member: string;
  readonly rows: RowTable;
}

/**
 * The rows of a body that is nothing but `{"<member>": [row, row, …]}` and whose rows are written alike: objects with the same
 * keys in one order, or lists of one length, of values that are no objects or lists, with the same white space between them. What
 * stands between the values is read in the first row and compared in the others, so that no row becomes an object.
 * The values are those of `JSON.parse`. `undefined` for any other body, valid or not.
 */
export function parseTable(bytes: Buffer): ParsedTable | undefined {
  return new TableParser(bytes).parse();
}

class TableParser {
  private at = 0;
  /** What stands before each value of a row, and behind the last one. */
  private readonly gaps: Buffer[] = [];
  private numbers = new Float64Array(0);
  private others?: unknown[];
  private text?: string;

  constructor(private readonly bytes: Buffer) {}

  parse(): ParsedTable | undefined {
    const member = this.head();
    if (member === undefined) return undefined;
    const start = this.at;
    const names = this.firstRow();
    if (!names) return undefined;
    this.at = start;
    const width = this.gaps.length - 1;
    // A value has a byte at least, and so has what is between two rows.
    const shortest = this.gaps.reduce((sum, { length }) => sum + length, width + 1);
    const most = Math.ceil((this.bytes.length - start) / shortest);
    this.numbers = new Float64Array(most * width);
    const count = this.rows(width);
    if (count === ABSENT || !this.takes(LIST_END) || !this.takes(OBJECT_END)) return undefined;
    this.skipSpace();
    if (this.at !== this.bytes.length) return undefined;
    const numbers = this.numbers.subarray(0, count * width);
    const rows = new RowTable(width, names.length > 0 ? names : undefined, numbers, this.others);
    return { member, rows };
  }

  /** The key of the member, whose list begins. */
  private head(): string | undefined {
    if (!this.takes(OBJECT)) return undefined;
    this.skipSpace();
    const member = this.key();
    return this.takes(COLON) && this.takes(LIST) ? member : undefined;
  }

  /** Learns the gaps from the first row. Its keys; none for a list. */
  private firstRow(): readonly string[] | undefined {
    const { bytes, gaps } = this;
    this.skipSpace();
    const isList = bytes[this.at] === LIST;
    if (!isList && bytes[this.at] !== OBJECT) return undefined;
    const names = new Set<string>();
    let start = this.at;
    do {
      this.at += 1;
      this.skipSpace();
      if (!isList) {
        const name = this.key();
        if (name === undefined || names.has(name) || !this.takes(COLON)) return undefined;
        names.add(name);
        this.skipSpace();
      }
      gaps.push(bytes.subarray(start, this.at));
      if (!this.passValue()) return undefined;
      start = this.at;
      this.skipSpace();
    } while (bytes[this.at] === COMMA);
    if (!this.takes(isList ? LIST_END : OBJECT_END)) return undefined;
    gaps.push(bytes.subarray(start, this.at));
    return [...names];
  }

  /** Passes what may be a value: that it is one is found when the row is read. */
  private passValue(): boolean {
    const { bytes } = this;
    if (bytes[this.at] === QUOTE) return this.string() !== undefined;
    const isDelimiter = (code: number | undefined): boolean =>
      code === undefined ||
      code <= SPACE ||
      code === COMMA ||
      code === LIST_END ||
      code === OBJECT_END;
    while (!isDelimiter(bytes[this.at])) this.at += 1;
    return true;
  }

  /** Reads all rows; their number, or `ABSENT`. */
  private rows(width: number): number {
    const { bytes, gaps, numbers } = this;
    let index = 0;
    do {
      this.skipSpace();
      let { at } = this;
      for (let column = 0; column <= width; column++) {
        const gap = gaps[column]!;
        const { length } = gap;
        for (let i = 0; i < length; i++) if (bytes[at + i] !== gap[i]) return ABSENT;
        at += length;
        if (column === width) break;

        // A number by the grammar of RFC 8259, section 6.
        const start = at;
        let code = bytes[at]!;
        if (code === MINUS) code = bytes[++at]!;
        const whole = at;
        let digits = 0;
        while (code >= ZERO && code <= NINE) {
          digits = digits * 10 + (code - ZERO);
          code = bytes[++at]!;
        }
        if (at === whole) {
          at = this.other(start, index);
          if (at === ABSENT) return ABSENT;
          index += 1;
          continue;
        }
        if (bytes[whole] === ZERO && at > whole + 1) return ABSENT;
        let decimals = 0;
        if (code === DOT) {
          const point = at;
          code = bytes[++at]!;
          while (code >= ZERO && code <= NINE) {
            digits = digits * 10 + (code - ZERO);
            code = bytes[++at]!;
          }
          decimals = at - point - 1;
          if (decimals === 0) return ABSENT;
        }
        if (code === SMALL_E || code === CAPITAL_E) {
          at = this.endOfExponent(at);
          if (at === ABSENT) return ABSENT;
          numbers[index] = this.numberOf(start, at);
        } else if (digits <= Number.MAX_SAFE_INTEGER && decimals < POWERS_OF_TEN.length) {
          const magnitude = digits / POWERS_OF_TEN[decimals]!;
          numbers[index] = whole > start ? -magnitude : magnitude;
        } else {
          numbers[index] = this.numberOf(start, at);
        }
        index += 1;
      }
      this.at = at;
    } while (this.takes(COMMA));
    return index / width;
  }

  /** Where the exponent ends that begins at `at`. */
  private endOfExponent(at: number): number {
    const { bytes } = this;
    let end = at + 1;
    if (bytes[end] === PLUS || bytes[end] === MINUS) end += 1;
    const digits = end;
    while (bytes[end]! >= ZERO && bytes[end]! <= NINE) end += 1;
    return end > digits ? end : ABSENT;
  }

  /** A number with an exponent, or with more digits than a double keeps. */
  private numberOf(start: number, end: number): number {
    return Number(this.latin1().slice(start, end));
  }

  /** Reads a value that is no number; where it ends. */
  private other(start: number, index: number): number {
    this.at = start;
    const value = this.bytes[start] === QUOTE ? this.string(this.latin1()) : this.literal();
    if (value === undefined) return ABSENT;
    this.others ??= new Array<unknown>(this.numbers.length);
    this.others[index] = value;
    this.numbers[index] = Number.NaN;
    return this.at;
  }

  private literal(): boolean | null | undefined {
    const value = LITERALS.get(this.bytes[this.at]!);
    const word = String(value);
    const end = this.at + word.length;
    if (this.latin1().slice(this.at, end) !== word) return undefined;
    this.at = end;
    return value;
  }

  private key(): string | undefined {
    return this.bytes[this.at] === QUOTE ? this.string() : undefined;
  }

  /** A text without escapes; cut from `latin1` where it is ASCII, which costs less than decoding each by itself. */
  private string(latin1?: string): string | undefined {
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
  private latin1(): string {
    return (this.text ??= this.bytes.toString('latin1'));
  }

  /** Takes a mark, and the white space before it. */
  private takes(code: number): boolean {
    this.skipSpace();
    if (this.bytes[this.at] !== code) return false;
    this.at += 1;
    return true;
  }

  private skipSpace(): void {
    const { bytes } = this;
    let code = bytes[this.at];
    while (code === SPACE || code === LINE_FEED || code === TAB || code === RETURN) {
      code = bytes[++this.at];
    }
  }
}
