import { type Artifact, type ClassLabel, compileArtifact } from '@inferserve/model';
import { evaluateClassifier, type Evaluation } from '@inferserve/training';
import { CommandError } from '../command.error';
import { type CsvRow, parseCsv } from './csv';

/** Figures of a model on rows whose classes are known. */
export interface RowCheck {
  readonly metrics: Evaluation;
  /** The class that most rows have, and its share: what a model must beat to be of use. */
  readonly mostFrequent: { readonly label: ClassLabel; readonly share: number };
}

/**
 * Scores a table of rows with the code that serves. Columns are found by the names in the header.
 * @param labelColumn the column of the classes; the last one by default
 * @throws CommandError that names line and column of what cannot be read
 */
export function checkRows(artifact: Artifact, csv: string, labelColumn?: string): RowCheck {
  const [header, ...rows] = parseCsv(csv);
  if (!header || rows.length === 0) throw new CommandError('holds no rows under a header line.');
  const columns = header.fields.map((name) => name.trim());
  const labelAt = labelColumn === undefined ? columns.length - 1 : position(columns, labelColumn);
  const positions = artifact.input.features.map(({ name }) => position(columns, name, labelAt));
  const labels = rows.map((row) => classIndex(artifact.classes, row, columns, labelAt));
  const values = rows.map((row) => positions.map((at) => numberAt(row, columns, at)));
  const counts = artifact.classes.map((_, k) => labels.filter((label) => label === k).length);
  const most = counts.indexOf(Math.max(...counts));
  return {
    metrics: evaluateClassifier(compileArtifact(artifact), { rows: values, labels }),
    mostFrequent: { label: artifact.classes[most]!, share: counts[most]! / rows.length },
  };
}

function position(columns: readonly string[], name: string, labelAt?: number): number {
  const at = columns.findIndex((column, index) => column === name.trim() && index !== labelAt);
  if (at >= 0) return at;
  throw new CommandError(
    `line 1: there is no column "${name}" among ${columns.map((column) => `"${column}"`).join(', ')}` +
      `${labelAt === undefined ? '' : ` (the classes are taken from "${columns[labelAt]}"; --label says otherwise)`}.`,
  );
}

function fieldAt({ line, fields }: CsvRow, columns: readonly string[], at: number): string {
  if (fields.length === columns.length) return fields[at]!.trim();
  throw new CommandError(
    `line ${line}: has ${fields.length} fields under ${columns.length} columns.`,
  );
}

function numberAt(row: CsvRow, columns: readonly string[], at: number): number {
  const text = fieldAt(row, columns, at);
  const value = text === '' ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new CommandError(`line ${row.line}, column "${columns[at]}": "${text}" is not a number.`);
}

function classIndex(
  classes: readonly ClassLabel[],
  row: CsvRow,
  columns: readonly string[],
  at: number,
): number {
  const text = fieldAt(row, columns, at);
  const index = classes.findIndex((label) => isLabel(label, text));
  if (index >= 0) return index;
  throw new CommandError(
    `line ${row.line}, column "${columns[at]}": "${text}" is none of the classes ${classes.slice(0, 10).join(', ')}.`,
  );
}

/** Tables write numbers as 1 or 1.0 and truth as True or true. */
function isLabel(label: ClassLabel, text: string): boolean {
  if (typeof label === 'number') return text !== '' && Number(text) === label;
  return typeof label === 'boolean' ? text.toLowerCase() === String(label) : text === label;
}
