import { Readable } from 'node:stream';
import { columnKind, type ColumnSpec } from '@inferserve/model';
import { parse } from 'csv-parse';
import { CommandError } from '../command.error';
import { columnIndex } from './column-index';
import { type CsvRow, RowCollector, separatorHint } from './csv';
import type { InputRow, RowSource } from './row-source';

/**
 * The rows of a CSV file with a header line. Columns are found by their names; others are passed through.
 * @param text with line feeds for line ends
 * @throws CommandError where the header lacks a column of the model; so do `rows` for a misplaced quote
 */
export async function csvSource(
  text: AsyncIterable<string>,
  columns: readonly ColumnSpec[],
): Promise<RowSource> {
  const table = readCsv(text);
  const first = await table.next();
  if (first.done) throw new CommandError('has no header line.');
  const header = first.value.fields;
  const hint = separatorHint(header.join(','));
  const positions = columns.map(({ name }) => columnIndex(header, name, hint));
  return { header, rows: inputRows(table, header, columns, positions) };
}

async function* readCsv(text: AsyncIterable<string>): AsyncGenerator<CsvRow> {
  const collector = new RowCollector();
  const parser = Readable.from(text).compose(parse(collector.options));
  try {
    yield* parser as AsyncIterable<CsvRow>;
  } catch (cause) {
    throw collector.faultOf(cause, '');
  }
}

async function* inputRows(
  table: AsyncIterable<CsvRow>,
  header: readonly string[],
  columns: readonly ColumnSpec[],
  positions: readonly number[],
): AsyncGenerator<InputRow> {
  const kinds = columns.map((column) => columnKind(column));
  for await (const { line, fields } of table) {
    if (fields.length === header.length) {
      const values = columns.map((column, j) => kinds[j]!.fromText(column, fields[positions[j]!]!));
      yield { line, values, fields };
    } else {
      const problem = `has ${fields.length} fields, but the header has ${header.length}`;
      yield { line, values: [], fields: header.map((_, at) => fields[at] ?? ''), problem };
    }
  }
}
