import { CommandError } from '../command.error';

/** A row of a table and the line it starts on, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The rows of comma-separated text (RFC 4180): fields in double quotes may hold commas, line feeds and
 * doubled quotes. Blank lines are passed over.
 * @throws CommandError that names the line of a quote which is never closed or closed too early
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let line = 1;
  let startLine = 1;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const endRow = (): void => {
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: startLine, fields });
    fields = [];
    line++;
    startLine = line;
  };
  while (at < text.length) {
    const field = text[at] === '"' ? quotedField(text, at, line) : plainField(text, at);
    fields.push(field.value);
    line += field.value.split('\n').length - 1;
    at = field.end;
    if (text.startsWith('\r\n', at)) at++;
    if (at < text.length && text[at] !== ',' && text[at] !== '\n') {
      throw new CommandError(
        `line ${line}, column ${fields.length}: text follows a closing quote.`,
      );
    }
    if (text[at] === '\n') endRow();
    else if (at === text.length - 1) fields.push('');
    at++;
  }
  if (fields.length > 0) endRow();
  return rows;
}

interface Field {
  readonly value: string;
  /** Position of the character after the field. */
  readonly end: number;
}

function plainField(text: string, start: number): Field {
  const rest = /[^,\r\n]*/y;
  rest.lastIndex = start;
  const value = rest.exec(text)![0];
  return { value, end: start + value.length };
}

function quotedField(text: string, start: number, line: number): Field {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== '"') value += text[at];
    else if (text[at + 1] === '"') value += text[at++];
    else return { value, end: at + 1 };
  }
  throw new CommandError(`line ${line}: a quote is never closed.`);
}
