import type { ClassLabel } from '@inferserve/model';
import { labelsOf } from '../estimators/contract/arrays';
import type { Estimator } from '../estimators/contract/estimator';
import { ModelImportError } from '../files/bytes/model-import.error';
import { numberOf } from '../files/numpy/scalar-of';
import { foreignGlobals } from '../files/pickle/foreign-globals';
import { readModelFile } from '../files/read-model-file';
import type { PyValue } from '../files/values/py-value';
import { describeCandidates, findCandidates } from './candidates';
import type { NamedBytes } from './named-bytes';
import { withinFile } from './within-file';

const REMEDY = 'Give the fitted LabelEncoder of the target: joblib.dump(encoder, path).';

/**
 * The names of a model's classes, by their numbers: those of a fitted LabelEncoder or LabelBinarizer, or of a
 * pickled dictionary between names and numbers.
 * @throws ModelImportError for a file that holds neither
 */
export function readClassNames({ name, bytes }: NamedBytes): string[] {
  return withinFile(name, () => {
    const file = readModelFile(bytes);
    if (!('root' in file)) {
      throw new ModelImportError('is not a pickle, joblib or skops file', REMEDY);
    }
    if (file.foreign.length > 0) throw foreignGlobals(file.foreign);
    const { candidates } = findCandidates(file.root);
    const encoders = candidates.filter(({ role }) => role === 'labels');
    const [only] = encoders;
    if (only && encoders.length === 1) return namesOfEncoder(only.estimator);
    const named = namesOfDictionary(file.root);
    if (named) return named;
    throw new ModelImportError(
      encoders.length > 1
        ? `holds several label encoders: ${describeCandidates(encoders)}`
        : `holds no label encoder${candidates.length > 0 ? `, but ${describeCandidates(candidates)}` : ''}`,
      REMEDY,
    );
  });
}

function namesOfEncoder(encoder: Estimator): string[] {
  return labelsOf(encoder, 'classes_', () => undefined).map(String);
}

/**
 * The names that a target encoder's file gives to the classes of a model, which are numbers in it.
 * @throws ModelImportError where a class has no name there
 */
export function classesNamedBy(file: NamedBytes, classes: readonly ClassLabel[]): string[] {
  const names = readClassNames(file);
  return classes.map((label) => {
    const name = names[Number(label)];
    if (typeof label !== 'string' && name !== undefined) return name;
    throw new ModelImportError(
      `names ${names.length} classes, but the model has ${classes.slice(0, 5).join(', ')}`,
      'Give the encoder that made the numbers which the model was fitted on.',
      { path: file.name },
    );
  });
}

/** `{0: "no", 1: "yes"}` or `{"no": 0, "yes": 1}`. */
function namesOfDictionary(value: PyValue): string[] | undefined {
  if (!(value instanceof Map) || value.size === 0) return undefined;
  const names: string[] = [];
  for (const [key, entry] of value) {
    const [text, number] =
      typeof key === 'string' ? [key, numberOf(entry)] : [entry, numberOf(key)];
    if (typeof text !== 'string' || number === undefined || !Number.isInteger(number))
      return undefined;
    if (number < 0 || number >= value.size || names[number] !== undefined) return undefined;
    names[number] = text;
  }
  return names;
}
