import { CommandError } from '../command.error';
import type { InputRow, RowSource } from './row-source';

/** No row of a table is longer; a file that is one long line is another format. */
const MAX_LINE = 64 * 2 ** 20;

/**
 * The rows of NDJSON: one JSON object per line, values by the names of the columns; other fields are ignored.
 * @param text with line feeds for line ends
 */
export function ndjsonSource(
  text: AsyncIterable<string>,
  columnNames: readonly string[],
): RowSource {
  return { header: columnNames, rows: inputRows(text, columnNames) };
}

async function* inputRows(
  text: AsyncIterable<string>,
  columnNames: readonly string[],
): AsyncGenerator<InputRow> {
  let line = 0;
  for await (const json of linesOf(text)) {
    line += 1;
    if (json.trim() !== '') yield { line, ...rowOf(json, columnNames) };
  }
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_LINE) {
      throw new CommandError('has a line of more than 64 MiB. NDJSON has one object per line.');
    }
    yield* lines;
  }
  yield rest;
}

function rowOf(json: string, columnNames: readonly string[]): Omit<InputRow, 'line'> {
  const empty = { values: [], fields: columnNames.map(() => '') };
  let record: unknown;
  try {
    record = JSON.parse(json);
  } catch {
    return { ...empty, problem: 'is not valid JSON' };
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return { ...empty, problem: 'is not a JSON object' };
  }
  const values = columnNames.map((name) =>
    Object.hasOwn(record, name) ? (record as Record<string, unknown>)[name] : undefined,
  );
  return { values, fields: values.map(textOf) };
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as number);
}
