import { ModelImportError } from '../files/bytes/model-import.error';
import type { PyValue } from '../files/values/py-value';
import type { LinearSource, PreprocessingSource } from '../linear-source';
import { foldTransformers, withBundledNames, withBundledScaler } from './bundle';
import {
  type Candidate,
  describeCandidates,
  type FileContents,
  findCandidates,
} from './candidates';
import { foldModel } from './fold-model';

/** What to take out of a file that holds several things. */
export interface Selection {
  /** The path of the model, as the list of candidates names it. */
  readonly select?: string;
  /** Whether a scaler that stands beside the model belongs before it. */
  readonly useBundledScaler: boolean;
  /** Whether a list of names beside the model may name its features. */
  readonly useBundledNames: boolean;
}

/** The linear classifier in the content of a pickle or skops file, with the scaler and names beside it. */
export function linearSourceOf(root: PyValue, selection: Selection): LinearSource {
  const contents = findCandidates(root);
  const chosen = chooseModel(contents, selection.select);
  const source = foldModel(chosen.estimator);
  const scaled = selection.useBundledScaler ? withBundledScaler(source, chosen, contents) : source;
  return withBundledNames(scaled, contents, selection.useBundledNames);
}

/** The scaler (or pipeline of scalers) that is the only one in its file. */
export function preprocessingSourceOf(root: PyValue): PreprocessingSource {
  const { candidates } = findCandidates(root);
  const transformers = candidates.filter(({ role }) => role === 'transformer');
  const [only] = transformers;
  if (only && transformers.length === 1) return foldTransformers(only);
  throw new ModelImportError(
    transformers.length === 0
      ? `holds no scaler${candidates.length > 0 ? `, but ${describeCandidates(candidates)}` : ''}`
      : `holds several scalers: ${describeCandidates(transformers)}`,
    'Give a file that holds the fitted scaler alone: joblib.dump(scaler, path).',
  );
}

function chooseModel({ candidates }: FileContents, select: string | undefined): Candidate {
  const models = candidates.filter(({ role }) => role === 'model');
  if (select !== undefined) {
    const chosen = models.find(({ path }) => path === select);
    if (chosen) return chosen;
    throw new ModelImportError(
      `holds no model at "${select}"`,
      models.length === 0
        ? 'It holds none at all.'
        : `Pass --select with one of ${describeCandidates(models)}.`,
    );
  }
  const [only] = models;
  if (only && models.length === 1) return only;
  if (models.length > 1) {
    throw new ModelImportError(
      `holds ${models.length} models: ${describeCandidates(models)}`,
      `Choose one: --select ${only!.path}`,
    );
  }
  throw new ModelImportError(
    candidates.length === 0
      ? 'holds no scikit-learn estimator'
      : `holds no classifier, but ${describeCandidates(candidates)}`,
    'Save the fitted classifier, or better the whole Pipeline: joblib.dump(pipeline, path).',
  );
}
