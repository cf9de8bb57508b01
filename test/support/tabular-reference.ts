import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Artifact,
  type CompiledModel,
  compileArtifact,
  UnscorableRowError,
} from '@inferserve/model';
import { importModel, ModelImportError } from '@inferserve/model-import';

type Json = null | boolean | number | string;

/** One fitted model with the answers of the library that made it; conventions stand at the head of the file. */
export interface ReferenceModel {
  readonly id: string;
  readonly task: 'classification' | 'regression';
  readonly fittedOn: string;
  readonly note: string;
  /** Names of the steps, or the name of the model alone. */
  readonly steps: unknown;
  readonly features: readonly { readonly name: string; readonly kind: string }[];
  readonly classes?: readonly Json[];
  readonly files: readonly { readonly file: string; readonly format: string }[];
  readonly rows: readonly ReferenceRow[];
}

export interface ReferenceRow {
  readonly input: Readonly<Record<string, Json>>;
  readonly predict?: Json;
  readonly predict_proba?: readonly (number | string)[];
  readonly error?: { readonly type: string };
  readonly note?: string;
}

/** What came of one file: `exact`, or why not. */
export interface Outcome {
  readonly status: 'exact' | 'refused' | 'wrong';
  readonly largestDifference: number;
  readonly detail: string;
  /** Why answers cannot be explained; absent where they can be, and contributions add up to the score. */
  readonly unexplained?: string;
}

/** The models of every `…-reference.json` in a folder. */
export function readReference(directory: string): readonly ReferenceModel[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('-reference.json'))
    .flatMap((file) => {
      const text = readFileSync(join(directory, file), 'utf8');
      return (JSON.parse(text) as { models: readonly ReferenceModel[] }).models;
    });
}

/** The class of the model behind all steps. */
export function modelClass({ steps }: ReferenceModel): string {
  const last: unknown = Array.isArray(steps) ? steps.at(-1) : steps;
  return typeof last === 'string' ? last : Object.keys(last as object).join();
}

/** Whether a file holds less than the model's answers rest on: XGBoost stores `missing=-999` in pickles only. */
export function isIncomplete({ note }: ReferenceModel, file: string): boolean {
  return note.includes('not in .json/.ubj') && /\.(?:json|ubj|deprecated)$/.test(file);
}

/** Imports a file of a model and compares every row. XGBoost and ONNX work in float32. */
export function tryReference(directory: string, model: ReferenceModel, file: string): Outcome {
  let artifact: Artifact;
  try {
    artifact = importReference(directory, model, file);
  } catch (error) {
    if (!(error instanceof ModelImportError)) throw error;
    return { status: 'refused', largestDifference: 0, detail: error.message };
  }
  const compiled = compileArtifact(artifact);
  const tolerance = /xgb|onnx/.test(model.id) ? 1e-6 : 1e-12;
  let largestDifference = 0;
  let explainedRows = 0;
  for (const [index, row] of model.rows.entries()) {
    const onDifference = (difference: number): void => {
      largestDifference = Math.max(largestDifference, difference);
    };
    const fault =
      compareRow(compiled, model.task, row, tolerance, onDifference) ??
      explanationFault(compiled, tolerance === 1e-12 ? 1e-9 : 1e-6, () => (explainedRows += 1));
    if (fault === undefined) continue;
    const detail = `row ${index}${row.note ? ` (${row.note})` : ''}: ${fault}`;
    return { status: 'wrong', largestDifference, detail };
  }
  const unexplained =
    compiled.explanations.unavailable ?? (explainedRows === 0 ? 'no row was explained' : undefined);
  return { status: 'exact', largestDifference, detail: '', ...(unexplained && { unexplained }) };
}

/** The artifact that a file of a model is imported to, as version 1 of `reference`. */
export function importReference(directory: string, model: ReferenceModel, file: string): Artifact {
  const bytes = readFileSync(join(directory, file));
  const namesLost =
    /\.(?:json|ubj|deprecated|txt)$/.test(file) && typeof model.classes?.[0] === 'string';
  return importModel({
    file: { name: file, bytes },
    scaler: 'none',
    // ONNX files with one input for all columns and old XGBoost files do not name them, a dummy before 1.5 takes any.
    ...(/\.(?:onnx|deprecated)$|-dummy\./.test(file) && {
      features: model.features.map(({ name }) => name),
    }),
    ...(namesLost && { classes: model.classes!.map(String) }),
    name: 'reference',
    version: '1',
    importer: 'inferserve test',
  }).artifact;
}

/** What is different, or `undefined`. A row for which the library raises must be refused in one way or another. */
function compareRow(
  model: CompiledModel,
  task: ReferenceModel['task'],
  { input, predict, predict_proba: expected, error }: ReferenceRow,
  tolerance: number,
  onDifference: (difference: number) => void,
): string | undefined {
  const record = sendable(model, input);
  if (!model.read(record)) {
    if (error) return undefined;
    const [fault] = model.faults(record);
    return `refused: ${fault?.column} ${fault?.type} (${fault?.message})`;
  }
  try {
    model.run();
    if (model.artifact.task === 'regression') {
      const value = model.value();
      if (error) return `answers ${value} where the library raises ${error.type}`;
      return compareNumbers([value], [predict as number | string], tolerance, onDifference);
    }
    // A booster by itself predicts the probability of the second class; the artifact has that beside the class.
    if (task === 'regression' && typeof predict === 'number') {
      const [, second] = model.probabilities() ?? [];
      return compareNumbers([second!], [predict], tolerance, onDifference);
    }
    const label = model.classes[model.classIndex()];
    if (error) return `answers ${label} where the library raises ${error.type}`;
    if (!sameLabel(label!, predict!)) return `answers ${label}, not ${predict}`;
    if (!expected) return undefined;
    const probabilities = model.probabilities();
    if (!probabilities) return 'has no probabilities';
    return compareNumbers(Array.from(probabilities), expected, tolerance, onDifference);
  } catch (cause) {
    if (!(cause instanceof UnscorableRowError)) throw cause;
    const finite = [predict, ...(expected ?? [])].every((value) => !isNonFinite(value));
    return error || !finite ? undefined : 'has no finite answer';
  }
}

/** A file may not say that a column held booleans: they are sent as the numbers that the library made of them. */
export function sendable(
  model: Pick<CompiledModel, 'columns'>,
  input: ReferenceRow['input'],
): ReferenceRow['input'] {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const isNumber = model.columns.some(
        (column) => column.name === name && column.type === 'number',
      );
      return [name, isNumber && typeof value === 'boolean' ? Number(value) : value];
    }),
  );
}

/**
 * Contributions and base must add up to the score, which sums of XGBoost round to single precision; `undefined` where they
 * do, where the row has no answer and where the model has no explanations.
 */
function explanationFault(
  model: CompiledModel,
  tolerance: number,
  onExplained: () => void,
): string | undefined {
  const { explanations, artifact } = model;
  if (explanations.unavailable !== undefined) return undefined;
  const classIndex = artifact.task === 'classification' ? model.classIndex() : 0;
  const explanation = explanations.explain(classIndex);
  if (!explanation || !Number.isFinite(explanation.score)) return undefined;
  onExplained();
  const { score, base, contributions } = explanation;
  const sum = contributions.reduce((total, each) => total + each, base);
  const size = contributions.reduce((total, each) => total + Math.abs(each), Math.abs(base));
  if (Math.abs(sum - score) <= tolerance * Math.max(1, size)) return undefined;
  return `is explained as ${sum}, but the score is ${score}`;
}

function compareNumbers(
  computed: readonly number[],
  expected: readonly (number | string)[],
  tolerance: number,
  onDifference: (difference: number) => void,
): string | undefined {
  if (computed.length !== expected.length)
    return `${computed.length} numbers, not ${expected.length}`;
  for (const [i, stated] of expected.entries()) {
    const value = Number(stated);
    const difference = Math.abs(computed[i]! - value) / Math.max(1, Math.abs(value));
    if (!(difference <= tolerance)) return `${computed[i]} at ${i}, not ${stated}`;
    onDifference(difference);
  }
  return undefined;
}

/** Whole floats are integers in an artifact. */
function sameLabel(label: Json, expected: Json): boolean {
  return label === expected || (typeof expected === 'boolean' && label === expected);
}

function isNonFinite(value: unknown): boolean {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity';
}
