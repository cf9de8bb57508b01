import {
  type Artifact,
  type ClassificationArtifact,
  type ClassLabel,
  columnKind,
  compileArtifact,
  type CompiledModel,
  UnscorableRowError,
} from '@inferserve/model';
import {
  evaluateClassifier,
  evaluateRegressor,
  type Evaluation,
  type RegressionEvaluation,
} from '@inferserve/evaluation';
import { CommandError } from '../command.error';
import { columnIndex } from './column-index';
import { type CsvRow, parseCsv, separatorHint } from './csv';
import { isLabel } from './is-label';

/** Metrics of a classifier on rows whose classes are known. */
export interface ClassCheck {
  readonly metrics: Evaluation;
  /** The most frequent class and its share of the rows, from 0 to 1: the accuracy that a useful model exceeds. */
  readonly mostFrequent: { readonly label: ClassLabel; readonly share: number };
}

/** Metrics of a regressor on rows whose values are known. */
export interface NumberCheck {
  readonly metrics: RegressionEvaluation;
}

/** What `--check` measured. */
export type RowCheck = ClassCheck | NumberCheck;

/**
 * Scores a table of rows with the code that serves predictions. Columns are found by the names in the header line.
 * @param targetColumn the column with the classes or true values; the last one by default
 * @throws CommandError that names the line and column at fault
 */
export function checkRows(artifact: Artifact, csv: string, targetColumn?: string): RowCheck {
  const [header, ...rows] = parseCsv(csv);
  if (!header || rows.length === 0) throw new CommandError('has no rows below a header line.');
  const columns = header.fields;
  const hint = separatorHint(csv);
  const targetAt =
    targetColumn === undefined ? columns.length - 1 : columnIndex(columns, targetColumn, hint);
  const positions = artifact.columns.map(({ name }) => columnIndex(columns, name, hint, targetAt));
  const model = compileArtifact(artifact);
  const values = rows.map((row) => rowValues(model, row, columns, positions));
  const table: Table = { rows, columns, targetAt, values };
  try {
    return artifact.task === 'classification'
      ? checkClasses(artifact, model, table)
      : checkNumbers(model, table);
  } catch (cause) {
    if (cause instanceof UnscorableRowError) throw unscorable(model, table, cause);
    throw cause;
  }
}

interface Table {
  readonly rows: readonly CsvRow[];
  readonly columns: readonly string[];
  readonly targetAt: number;
  /** One list of JSON values per row, in the order of the model's columns. */
  readonly values: readonly (readonly unknown[])[];
}

function checkClasses(
  { classes }: ClassificationArtifact,
  model: CompiledModel,
  { rows, columns, targetAt, values }: Table,
): ClassCheck {
  const labels = rows.map((row) => classIndex(classes, row, columns, targetAt));
  const counts = classes.map((_, k) => labels.filter((label) => label === k).length);
  const most = counts.indexOf(Math.max(...counts));
  return {
    metrics: evaluateClassifier(model, { rows: values, labels }),
    mostFrequent: { label: classes[most]!, share: counts[most]! / rows.length },
  };
}

function checkNumbers(
  model: CompiledModel,
  { rows, columns, targetAt, values }: Table,
): NumberCheck {
  const truth = rows.map((row) => {
    const text = fieldAt(row, columns, targetAt).trim();
    const value = text === '' ? NaN : Number(text);
    if (Number.isFinite(value)) return value;
    throw faultAt(row, columns[targetAt]!, `"${text}" is not a number`);
  });
  try {
    return { metrics: evaluateRegressor(model, values, truth) };
  } catch (cause) {
    if (!(cause instanceof RangeError) || cause instanceof UnscorableRowError) throw cause;
    const problem = `${cause.message}. Check column "${columns[targetAt]!}", and its unit.`;
    throw new CommandError(problem, 1, { cause });
  }
}

/** The same fault with the line of the first row that has it. */
function unscorable(
  model: CompiledModel,
  { rows, values }: Table,
  cause: UnscorableRowError,
): CommandError {
  const at = values.findIndex((row) => {
    try {
      model.score(row);
      return false;
    } catch {
      return true;
    }
  });
  return new CommandError(`line ${rows[at]!.line}: ${cause.message}.`, 1, { cause });
}

function rowValues(
  model: CompiledModel,
  row: CsvRow,
  columns: readonly string[],
  positions: readonly number[],
): unknown[] {
  return positions.map((at, j) => {
    const column = model.columns[j]!;
    const text = fieldAt(row, columns, at);
    const value = columnKind(column).fromText(column, text);
    const fault = model.fault(j, value);
    if (fault) throw faultAt(row, columns[at]!, `"${text}": ${fault.message}`);
    return value;
  });
}

function faultAt({ line }: CsvRow, column: string, problem: string): CommandError {
  return new CommandError(`line ${line}, column "${column}": ${problem}.`);
}

function fieldAt({ line, fields }: CsvRow, columns: readonly string[], at: number): string {
  if (fields.length === columns.length) return fields[at]!;
  throw new CommandError(
    `line ${line}: has ${fields.length} fields, but the header has ${columns.length}.`,
  );
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
  const listed = `${classes.slice(0, 10).join(', ')}${classes.length > 10 ? ', …' : ''}`;
  throw faultAt(row, columns[at]!, `"${text}" is none of the classes ${listed}`);
}
