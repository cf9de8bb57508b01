import { RowTable } from '../body/row-table';
import { JsonBytes } from './json-bytes';
import {
  SPACE,
  QUOTE,
  PLUS,
  COMMA,
  MINUS,
  DOT,
  ZERO,
  NINE,
  COLON,
  CAPITAL_E,
  LIST,
  LIST_END,
  SMALL_E,
  OBJECT,
  OBJECT_END,
} from './json-codes';

/** A position or count where something else stands than has to. */
const ABSENT = -1;

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

class TableParser extends JsonBytes {
  /** What stands before each value of a row, and behind the last one. */
  private readonly gaps: Buffer[] = [];
  private numbers = new Float64Array(0);
  private others?: unknown[];

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
    this.others ??= emptyList(this.numbers.length);
    this.others[index] = value;
    this.numbers[index] = Number.NaN;
    return this.at;
  }
}

/** A list of holes: filling it first would cost more than all the rest. */
function emptyList(length: number): unknown[] {
  const list: unknown[] = [];
  list.length = length;
  return list;
}
