import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Answer,
  compileArtifact,
  type CompiledModel,
  UnscorableRowError,
} from '@inferserve/model';
import { importModel, ModelImportError } from '@inferserve/model-import';

type Scalar = string | number | boolean | null;

/** One row of a reference entry: what goes in, and what the library answers or raises. */
interface ReferenceRow {
  readonly input: Readonly<Record<string, Scalar>> | string;
  readonly note?: string;
  readonly predict?: Scalar;
  readonly predict_proba?: readonly number[];
  readonly error?: { readonly type: string; readonly message: string };
}

/** A fitted model with its files and its answers; the head of `tabular-reference.json` has the conventions. */
export interface ReferenceEntry {
  readonly id: string;
  readonly task: 'classification' | 'regression' | 'outlier';
  readonly note: string;
  readonly steps: unknown;
  readonly files: readonly { readonly file: string; readonly format: string }[];
  readonly rows: readonly ReferenceRow[];
}

/** What importing one file of an entry and asking it for every row gave. */
export interface Outcome {
  readonly entry: ReferenceEntry;
  readonly file: string;
  readonly kind: string;
  readonly status: 'exact' | 'refused' | 'wrong';
  readonly detail: string;
  /** Largest difference of a number, relative to max(1, |expected|). */
  readonly difference: number;
}

/** Estimators whose arithmetic is in single precision. */
const SINGLE_PRECISION = /^XGB|^Raw$/;

export function readReference(folder: string): readonly ReferenceEntry[] {
  const text = readFileSync(join(folder, 'tabular-reference.json'), 'utf8');
  return (JSON.parse(text) as { models: ReferenceEntry[] }).models;
}

/** The last step of an entry, the model. */
export function kindOf({ steps }: ReferenceEntry): string {
  const last = Array.isArray(steps) ? (steps as unknown[]).at(-1) : steps;
  return typeof last === 'string' ? last : Object.keys(last as object)[0]!;
}

/** Imports one file of an entry and compares each row with the library's own answer. */
export function checkFile(folder: string, entry: ReferenceEntry, file: string): Outcome {
  const kind = kindOf(entry);
  const base = { entry, file, kind, difference: 0 };
  const bytes = readFileSync(join(folder, file));
  try {
    const { artifact } = importModel({
      file: { name: file, bytes },
      scaler: 'none',
      name: 'reference',
      version: '1',
      importer: 'test',
    });
    const model = compileArtifact(artifact);
    // Onnxruntime and XGBoost compute in single precision.
    const isSingle = SINGLE_PRECISION.test(kind) || file.endsWith('.onnx');
    return { ...base, ...compare(model, entry, isSingle ? 1e-6 : 1e-12) };
  } catch (error) {
    if (!(error instanceof ModelImportError)) throw error;
    return { ...base, status: 'refused', detail: error.message };
  }
}

function compare(
  model: CompiledModel,
  { rows }: ReferenceEntry,
  tolerance: number,
): Pick<Outcome, 'status' | 'detail' | 'difference'> {
  let difference = 0;
  for (const [index, row] of rows.entries()) {
    const answer = answerTo(model, row);
    const problem = faultOf(row, answer);
    const here = answer ? differenceOf(row, answer) : 0;
    difference = Math.max(difference, here);
    if (problem !== undefined || here > tolerance) {
      const detail = `row ${index} (${row.note ?? ''}): ${problem ?? `differs by ${here}`}`;
      return { status: 'wrong', detail, difference };
    }
  }
  return { status: 'exact', detail: '', difference };
}

function answerTo(model: CompiledModel, { input }: ReferenceRow): Answer | undefined {
  const record = typeof input === 'string' ? { [model.columnNames[0]!]: input } : input;
  const values = model.columns.map(({ name, type }) => {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    return type === 'number' && typeof value === 'boolean' ? Number(value) : value;
  });
  if (!model.readValues(values)) return undefined;
  try {
    return model.score(values);
  } catch (error) {
    if (error instanceof UnscorableRowError) return undefined;
    throw error;
  }
}

/** Why an answer is not the library's; `undefined` where it is, but for the size of numbers. */
function faultOf(row: ReferenceRow, answer: Answer | undefined): string | undefined {
  const isNumber = typeof row.predict === 'number';
  const hasAnswer = row.error === undefined && !/^-?Infinity$|^NaN$/.test(String(row.predict));
  if (!answer) return hasAnswer ? 'has no answer' : undefined;
  if (!hasAnswer) return `has an answer where the library has none`;
  if (answer.task === 'regression') return isNumber ? undefined : 'is a number';
  const isLabel = answer.label === row.predict || Number(answer.label) === row.predict;
  // A plain Booster predicts the probability.
  const isProbability = isNumber && !Number.isInteger(row.predict) && answer.probabilities;
  if (isLabel || isProbability) return undefined;
  return `is "${String(answer.label)}" and not "${String(row.predict)}"`;
}

function differenceOf({ predict, predict_proba: shares }: ReferenceRow, answer: Answer): number {
  const relative = (computed: number, expected: number) =>
    Math.abs(computed - expected) / Math.max(1, Math.abs(expected));
  if (answer.task === 'regression') return relative(answer.value, Number(predict));
  const { probabilities } = answer;
  if (!probabilities) return 0;
  if (shares) return Math.max(...shares.map((share, k) => relative(probabilities[k]!, share)));
  const isLabel = answer.label === predict || Number(answer.label) === predict;
  return isLabel ? 0 : relative(probabilities[1]!, Number(predict));
}

/** Outcomes counted by kind, one line each, for people. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))].sort();
  const lines = kinds.map((kind) => {
    const own = outcomes.filter((outcome) => outcome.kind === kind);
    const count = (status: Outcome['status']) =>
      String(own.filter((outcome) => outcome.status === status).length).padStart(8);
    const worst = Math.max(...own.map(({ difference }) => difference));
    return `${kind.padEnd(34)}${count('exact')}${count('refused')}${count('wrong')}  ${worst.toExponential(1)}`;
  });
  return [`${'model'.padEnd(34)}   exact refused   wrong  difference`, ...lines].join('\n');
}
