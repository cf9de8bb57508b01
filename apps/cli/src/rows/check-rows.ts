import { type Artifact, type ClassLabel, compileArtifact } from '@inferserve/model';
import { evaluateClassifier, type Evaluation } from '@inferserve/training';
import { CommandError } from '../command.error';
import { columnIndex } from './column-index';
import { type CsvRow, parseCsv, separatorHint } from './csv';
import { isLabel } from './is-label';

/** Metrics of a model on rows whose classes are known. */
export interface RowCheck {
  readonly metrics: Evaluation;
  /** The most frequent class and its share of the rows, from 0 to 1: the accuracy that a useful model exceeds. */
  readonly mostFrequent: { readonly label: ClassLabel; readonly share: number };
}

/**
 * Scores a table of rows with the code that serves predictions. Columns are found by the names in the header line.
 * @param labelColumn the column with the classes; the last one by default
 * @throws CommandError that names the line and column at fault
 */
export function checkRows(artifact: Artifact, csv: string, labelColumn?: string): RowCheck {
  const [header, ...rows] = parseCsv(csv);
  if (!header || rows.length === 0) throw new CommandError('has no rows below a header line.');
  const columns = header.fields;
  const hint = separatorHint(csv);
  const labelAt =
    labelColumn === undefined ? columns.length - 1 : columnIndex(columns, labelColumn, hint);
  const positions = artifact.input.features.map(({ name }) =>
    columnIndex(columns, name, hint, labelAt),
  );
  const labels = rows.map((row) => classIndex(artifact.classes, row, columns, labelAt));
  const values = rows.map((row) => positions.map((at) => numberAt(row, columns, at)));
  const counts = artifact.classes.map((_, k) => labels.filter((label) => label === k).length);
  const most = counts.indexOf(Math.max(...counts));
  return {
    metrics: evaluateClassifier(compileArtifact(artifact), { rows: values, labels }),
    mostFrequent: { label: artifact.classes[most]!, share: counts[most]! / rows.length },
  };
}

function fieldAt({ line, fields }: CsvRow, columns: readonly string[], at: number): string {
  if (fields.length === columns.length) return fields[at]!;
  throw new CommandError(
    `line ${line}: has ${fields.length} fields, but the header has ${columns.length}.`,
  );
}

function numberAt(row: CsvRow, columns: readonly string[], at: number): number {
  const text = fieldAt(row, columns, at).trim();
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
  const exact = classes.findIndex((label) => isLabel(label, text));
  const index = exact >= 0 ? exact : classes.findIndex((label) => isLabel(label, text.trim()));
  if (index >= 0) return index;
  throw new CommandError(
    `line ${row.line}, column "${columns[at]}": "${text}" is none of the classes ${classes.slice(0, 10).join(', ')}${classes.length > 10 ? ', …' : ''}.`,
  );
}
