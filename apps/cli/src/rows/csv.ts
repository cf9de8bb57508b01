import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
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
  const rows: CsvRow[] = [];
  let endLine = 0;
  const collect = (fields: readonly string[], { lines }: InfoRecord): null => {
    rows.push({ line: lines - lineFeeds(fields), fields });
    endLine = lines;
    return null;
  };
  try {
    parse(text.replace(/\r\n?/g, '\n'), {
      bom: true,
      on_record: collect,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
    });
    return rows;
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const problem = problemOf(cause, endLine + 1);
    throw new CommandError(`${problem}.${separatorHint(text)}`, 1, { cause });
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
