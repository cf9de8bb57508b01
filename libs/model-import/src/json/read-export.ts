import { ModelImportError } from '../files/bytes/model-import.error';
import type { JsonValue } from '../files/json/json-value';
import type {
  ClassLabel,
  LinearModel,
  PreprocessingStep,
  VerificationCase,
} from '@inferserve/model';
import { LIMITS } from '../limits';
import type { LinearSource } from '../linear-source';

/** The `format` member of the document that the Python snippet writes. */
export const EXPORT_FORMAT = 'linear-classifier-export';

const CURE = 'Write the file again with the snippet of inferserve export-snippet.';

type Json = Readonly<Record<string, unknown>>;

/**
 * The classifier in a document of the export snippet: numbers by name, and rows with scikit-learn's own
 * answers, which the importer must reproduce.
 * @throws ModelImportError that names the member which does not fit
 */
export function readExport(content: JsonValue): LinearSource {
  const document = object(content, 'the document');
  if (document['format'] !== EXPORT_FORMAT) throw otherFormat(document);
  const features = strings(document, 'features');
  const coefficients = list(document, 'coefficients').map((row) => numbers(row, 'coefficients'));
  const steps = list(document, 'preprocessing').map((step) =>
    preprocessingStep(step, features.length),
  );
  const { sklearnVersion, probability } = document;
  const model = {
    type: 'linear',
    coefficients,
    intercepts: numbers(document['intercepts'], 'intercepts'),
    probability: typeof probability === 'string' ? probability : 'none',
  } as LinearModel;
  return {
    steps: [
      ...steps.map(({ type }) => ({ type, detail: `${features.length} features` })),
      { type: 'linear classifier', detail: `${coefficients.length} × ${features.length}` },
    ],
    featureCount: features.length,
    featureNames: features,
    preprocessing: steps,
    classes: list(document, 'classes').map(label),
    model,
    cases: list(document, 'cases').map(verificationCase),
    ...(typeof sklearnVersion === 'string' && { sklearnVersion: sklearnVersion.slice(0, 64) }),
    warnings: [],
  };
}

function otherFormat({ format }: Json): ModelImportError {
  return format === 'linear-classifier'
    ? new ModelImportError(
        'is an artifact already',
        'Put it into artifacts/<name>/<version>/model.json; inferserve verify checks it.',
      )
    : new ModelImportError(`is JSON, but not of the format "${EXPORT_FORMAT}"`, CURE);
}

function preprocessingStep(value: unknown, width: number): PreprocessingStep {
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
      multiply: member('multiply'),
      add: member('add'),
      ...(low !== undefined && high !== undefined && { clip: [low, high] as const }),
    };
  }
  if (step['type'] !== 'standardize')
    throw fault('preprocessing', 'is neither standardize nor affine');
  return {
    type: 'standardize',
    center: step['center'] === null ? null : member('center'),
    scale: step['scale'] === null ? null : member('scale'),
  };
}

function verificationCase(value: unknown): VerificationCase {
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
  return new ModelImportError(problem, CURE, { path: place });
}
