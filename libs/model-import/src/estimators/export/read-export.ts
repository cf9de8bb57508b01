import type { LinearOutput } from '../contract/linear-output';
import {
  type ClassCase,
  type ClassLabel,
  packArray,
  packMatrix,
  type TransformSpec,
  type ClassOutputSpec,
} from '@inferserve/model';
import { ModelImportError } from '../../files/bytes/model-import.error';
import type { JsonValue } from '../../files/json/json-value';
import type { FoundModel } from '../contract/converter';
import { LIMITS } from '../contract/limits';

/** The `format` member of the document that the Python snippet writes. */
export const EXPORT_FORMAT = 'linear-classifier-export';

const REMEDY = 'Write the file again with the snippet of inferserve export-snippet.';

type Json = Readonly<Record<string, unknown>>;

/** The names that the snippet writes for how scores become probabilities. */
const OUTPUTS: ReadonlyMap<string, LinearOutput> = new Map([
  ['sigmoid', 'sigmoid'],
  ['softmax', 'softmax'],
  ['softmax-pm', 'softmax-symmetric'],
  ['ovr-normalized', 'ovr-normalized'],
  ['modified-huber', 'modified-huber'],
  ['none', 'scores-only'],
]);

/**
 * The classifier in a document of the export snippet: numbers by name, and rows with scikit-learn's own
 * answers, which the importer must reproduce.
 * @throws ModelImportError that names the member which does not fit
 */
export function openExport(content: JsonValue): FoundModel {
  const document = object(content, 'the document');
  if (document['format'] !== EXPORT_FORMAT) throw otherFormat(document);
  const features = strings(document, 'features');
  const rows = list(document, 'coefficients').map((row) => numbers(row, 'coefficients'));
  if (rows.some((row) => row.length !== features.length)) {
    throw fault('coefficients', `are not ${features.length} numbers in each row`);
  }
  const pipeline = list(document, 'preprocessing').map((step) =>
    preprocessingStep(step, features.length),
  );
  const { sklearnVersion, probability } = document;
  const output = OUTPUTS.get(typeof probability === 'string' ? probability : 'none');
  if (!output) throw fault('probability', 'is not a rule that is supported');
  const intercepts = numbers(document['intercepts'], 'intercepts');
  const classes = list(document, 'classes').map(label);
  const detail = `${rows.length} × ${features.length}`;
  return {
    type: 'linear classifier',
    input: { count: features.length, names: features },
    isBare: false,
    hasSteps: true,
    cases: list(document, 'cases').map(verificationCase),
    ...(typeof sklearnVersion === 'string' && { sklearnVersion: sklearnVersion.slice(0, 64) }),
    convert(layout, context) {
      layout.useAsNumbers();
      layout.rejectMissing();
      for (const { type } of pipeline)
        context.step({ type, detail: `${features.length} features` });
      context.step({ type: 'linear classifier', detail });
      return {
        task: 'classification',
        classes,
        pipeline,
        predictor: {
          type: 'linear',
          coefficients: packMatrix(rows.flat(), features.length),
          intercepts: packArray(intercepts),
        },
        output: { type: output } as ClassOutputSpec,
        detail,
      };
    },
  };
}

function otherFormat({ format }: Json): ModelImportError {
  return new ModelImportError(
    `is JSON of the format "${String(format).slice(0, 40)}", not "${EXPORT_FORMAT}"`,
    REMEDY,
  );
}

function preprocessingStep(value: unknown, width: number): TransformSpec {
  const step = object(value, 'preprocessing');
  const member = (name: string): number[] => {
    const vector = numbers(step[name], `preprocessing.${name}`);
    if (vector.length === width) return vector;
    throw fault(`preprocessing.${name}`, `has ${vector.length} numbers for ${width} features`);
  };
  if (step['type'] === 'affine') {
    const clip =
      step['clip'] === undefined ? undefined : numbers(step['clip'], 'preprocessing.clip');
    const [low, high] = clip ?? [];
    return {
      type: 'affine',
      multiply: packArray(member('multiply')),
      add: packArray(member('add')),
      ...(low !== undefined && high !== undefined && { clip: [low, high] as const }),
    };
  }
  if (step['type'] !== 'standardize')
    throw fault('preprocessing', 'is neither standardize nor affine');
  return {
    type: 'standardize',
    center: step['center'] === null ? null : packArray(member('center')),
    scale: step['scale'] === null ? null : packArray(member('scale')),
  };
}

function verificationCase(value: unknown): ClassCase {
  const { input, label: answer, probabilities } = object(value, 'cases');
  return {
    input: numbers(input, 'cases.input'),
    label: label(answer),
    ...(probabilities !== undefined && {
      probabilities: numbers(probabilities, 'cases.probabilities'),
    }),
  };
}

function label(value: unknown): ClassLabel {
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value)) {
    return value as ClassLabel;
  }
  throw fault('classes', 'are not text, integers or booleans');
}

function object(value: unknown, place: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw fault(place, 'is not an object');
}

function list(document: Json, name: string): readonly unknown[] {
  const value = document[name];
  if (Array.isArray(value) && value.length <= LIMITS.features) return value;
  throw fault(name, 'is not a list');
}

function numbers(value: unknown, place: string): number[] {
  if (Array.isArray(value) && value.every(Number.isFinite)) return value as number[];
  throw fault(place, 'is not a list of finite numbers');
}

function strings(document: Json, name: string): string[] {
  const values = list(document, name);
  if (values.length > 0 && values.every((value) => typeof value === 'string'))
    return values as string[];
  throw fault(name, 'is not a list of text');
}

function fault(place: string, problem: string): ModelImportError {
  return new ModelImportError(problem, REMEDY, { path: place });
}
