import { type CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import { CommandError } from '../command.error';

/** A row of a table and the line it starts on, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

const SEPARATORS = new Map([
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'vertical bars'],
]);

/**
 * The rows of comma-separated text (RFC 4180) with any line ends: LF, CR LF or CR. Fields are kept as they are, spaces
 * included; blank lines are skipped.
 * @throws CommandError that names the line of a misplaced quote
 */
export function parseCsv(text: string): CsvRow[] {
  const collector = new RowCollector();
  try {
    return parse(text.replace(/\r\n?/g, '\n'), collector.options) as unknown as CsvRow[];
  } catch (cause) {
    throw collector.faultOf(cause, text);
  }
}

/** Numbers the lines of one table while csv-parse reads it; line ends must be line feeds. */
export class RowCollector {
  private endLine = 0;

  /** For csv-parse, which then gives rows of the type `CsvRow`. */
  readonly options = {
    bom: true,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    on_record: (fields: string[], { lines }: InfoRecord): string[] => {
      this.endLine = lines;
      const row: CsvRow = { line: lines - lineFeeds(fields), fields };
      // The types of csv-parse do not provide for another kind of record.
      return row as never;
    },
  };

  /** What csv-parse threw, for the user; anything else as it is. `text` begins with the header. */
  faultOf(cause: unknown, text: string): unknown {
    // Each build of csv-parse has a class of its own for its errors.
    if (!(cause instanceof Error) || !('code' in cause) || !('lines' in cause)) return cause;
    const problem = problemOf(cause as unknown as CsvError, this.endLine + 1);
    return new CommandError(`${problem}.${separatorHint(text)}`, 1, { cause });
  }
}

/** A sentence for a table whose first line is separated by something other than commas; empty for any other. */
export function separatorHint(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  const count = (separator: string) => header.split(separator).length - 1;
  for (const [separator, name] of SEPARATORS) {
    if (count(separator) > count(',')) {
      return ` The header is separated by ${name}: save the table with commas between the fields and points in the numbers.`;
    }
  }
  return '';
}

function lineFeeds(fields: readonly string[]): number {
  return fields.reduce((sum, field) => sum + field.split('\n').length - 1, 0);
}

function problemOf({ code, message, lines, column }: CsvError, startLine: number): string {
  const field = `line ${lines}, column ${Number(column) + 1}`;
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `line ${startLine}: a quote is never closed`;
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `${field}: text follows a closing quote`;
    case 'INVALID_OPENING_QUOTE':
      return `${field}: a quote inside a field; put the whole field in quotes and double those inside`;
    default:
      return message;
  }
}
