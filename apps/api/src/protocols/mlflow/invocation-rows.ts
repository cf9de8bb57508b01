import { isObject } from '../../http/body/is-object';
import { isRowList } from '../../http/body/row-table';
import type { ServedModel } from '@inferserve/inference';
import { columnKind } from '@inferserve/model';
import { type BodyPath, requestFault } from '../shared/request-fault';
import { parseCsv } from './parse-csv';

/** Rows of a request, and where they stand in it. */
export interface InvocationRows {
  readonly rows: unknown;
  readonly path: BodyPath;
}

type Reader = (value: unknown, path: BodyPath) => InvocationRows;

/** The members that a body can hold its rows in, each alone. */
const FORMS: ReadonlyMap<string, Reader> = new Map([
  ['dataframe_split', splitRows],
  ['dataframe_records', (rows, path) => ({ rows, path })],
  ['instances', rowsOrColumns],
  ['inputs', rowsOrColumns],
]);

/**
 * The rows of a JSON body of MLflow's scoring server.
 * @throws ProblemException where it holds none, or holds them in more than one form
 */
export function invocationRows(body: unknown): InvocationRows {
  const given = isObject(body) ? [...FORMS].filter(([name]) => Object.hasOwn(body, name)) : [];
  const [form] = given;
  if (!form || given.length > 1) {
    const message = `The body should be an object with one of ${[...FORMS.keys()].join(', ')}`;
    throw requestFault([], message, 'missing');
  }
  const [name, read] = form;
  return read((body as Record<string, unknown>)[name], [name]);
}

/**
 * The rows of a CSV body, whose first record names the columns.
 * @throws ProblemException where it is not CSV, or its records are of different lengths
 */
export function csvRows(model: ServedModel, text: string): InvocationRows {
  const columns = new Map(model.columns.map((column) => [column.name, column]));
  const [names = [], ...records] = parsed(text);
  const rows = records.map((record, i) => {
    if (record.length !== names.length) {
      const message = `Row ${i} has ${record.length} cells, the header ${names.length}`;
      throw requestFault([], message, 'row_length');
    }
    return objectOf(names, (name, j) => {
      const column = columns.get(name);
      return column ? columnKind(column).fromText(column, record[j]!) : record[j];
    });
  });
  return { rows, path: ['rows'] };
}

function parsed(text: string): ReturnType<typeof parseCsv> {
  try {
    return parseCsv(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw requestFault([], `The body is not valid CSV: ${error.message}`, 'csv_invalid');
  }
}

/** pandas' form `split`: `columns` and `data`; without columns the rows are in the model's order. */
function splitRows(value: unknown, path: BodyPath): InvocationRows {
  const { columns, data } = (isObject(value) ? value : {}) as Record<string, unknown>;
  const at = [...path, 'data'];
  if (!Array.isArray(data)) throw requestFault(at, 'Input should be a list', 'list_type');
  if (columns === undefined) return { rows: data, path: at };
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === 'string')) {
    throw requestFault([...path, 'columns'], 'Input should be a list of names', 'list_type');
  }
  const names = columns as readonly string[];
  if (new Set(names).size !== names.length) {
    throw requestFault([...path, 'columns'], 'A name is given more than once', 'duplicate');
  }
  const rows = (data as readonly unknown[]).map((row, i) => {
    if (!Array.isArray(row) || row.length !== names.length) {
      const message = `A row should be a list of ${names.length} values`;
      throw requestFault([...at, i], message, 'row_length');
    }
    return objectOf(names, (_, j) => row[j] as unknown);
  });
  return { rows, path: at };
}

/** A list of rows, or an object with one list for each column. */
function rowsOrColumns(value: unknown, path: BodyPath): InvocationRows {
  if (!isObject(value) || isRowList(value)) return { rows: value, path };
  const columns = Object.entries(value);
  const length = Array.isArray(columns[0]?.[1]) ? columns[0][1].length : 0;
  for (const [, list] of columns) {
    if (!Array.isArray(list) || list.length !== length) {
      const message = 'Each column should be a list, all of the same length';
      throw requestFault(path, message, 'list_type');
    }
  }
  const names = columns.map(([name]) => name);
  const lists = columns.map(([, list]) => list as readonly unknown[]);
  const rows = Array.from({ length }, (_, i) => objectOf(names, (_name, j) => lists[j]![i]));
  return { rows, path };
}

/** A record without a prototype, so that no name has a meaning of its own. */
function objectOf(
  names: readonly string[],
  valueOf: (name: string, index: number) => unknown,
): Record<string, unknown> {
  const record = Object.create(null) as Record<string, unknown>;
  for (const [j, name] of names.entries()) record[name] = valueOf(name, j);
  return record;
}
