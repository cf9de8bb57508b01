import type { CompiledModel } from '@inferserve/model';
import { openRowFile, type RowFormat } from '../files/row-file';
import type { ProgressBar } from '../terminal/progress-bar';
import { csvSource } from './csv-source';
import { ndjsonSource } from './ndjson-source';
import type { RowSource } from './row-source';
import { textChunks } from './text-chunks';

/**
 * The rows of a file for a model, as they are read; `-` is the standard input.
 * @throws CommandError where the file cannot be read, or lacks a column of the model; so do the rows later on
 */
export async function openRows(
  path: string,
  format: RowFormat,
  { columns, columnNames }: CompiledModel,
  bar: ProgressBar,
): Promise<RowSource> {
  const { bytes, size } = await openRowFile(path);
  const text = textChunks(bar.watch(bytes, size));
  return format === 'csv' ? csvSource(text, columns) : ndjsonSource(text, columnNames);
}
