import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileRemedy } from '@inferserve/model-store';
import { CommandError } from '../command.error';
import { checkIsPath } from './check-is-path';

/** A form of a table as a file. */
export type RowFormat = 'csv' | 'ndjson';

const FORMATS = new Map<string, RowFormat>([
  ['.csv', 'csv'],
  ['.ndjson', 'ndjson'],
  ['.jsonl', 'ndjson'],
]);

/** The format that the name of a file states; `undefined` where it states none. */
export function rowFormatOf(path: string): RowFormat | undefined {
  return FORMATS.get(extname(path).toLowerCase());
}

/**
 * The same for a file that has to state one.
 * @throws CommandError where it does not
 */
export function statedRowFormat(path: string): RowFormat {
  const format = rowFormatOf(path);
  if (format !== undefined) return format;
  throw new CommandError(
    `the name of ${path === '-' ? 'the standard input' : path} does not state a format. Pass --format csv or --format ndjson.`,
    2,
  );
}

/** The bytes of a file as they are read, and how many there are; `-` is the standard input, of unknown size. */
export interface RowFile {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly size?: number;
}

/** @throws CommandError where the file cannot be read; so do the bytes later on */
export async function openRowFile(path: string): Promise<RowFile> {
  if (path === '-') return { bytes: process.stdin };
  checkIsPath(path);
  try {
    const { size } = await stat(path);
    return { bytes: readable(createReadStream(path), path), size };
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}

async function* readable(stream: ReadStream, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}

function cannotRead(path: string, cause: unknown): CommandError {
  return new CommandError(
    `cannot read ${path} (${(cause as Error).message}). ${fileRemedy(cause)}.`,
    1,
    { cause },
  );
}
