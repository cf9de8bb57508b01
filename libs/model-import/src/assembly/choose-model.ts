import { ModelImportError } from '../files/bytes/model-import.error';
import { type Candidate, describeCandidates, type FileContents } from './candidates';

/**
 * The model of a file, or the one at the path that the user chose.
 * @throws ModelImportError for none or several, which lists what is there
 */
export function chooseModel({ candidates }: FileContents, select: string | undefined): Candidate {
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
      ? 'holds no estimator of a supported library'
      : `holds no model, but ${describeCandidates(candidates)}`,
    'Save the fitted model, or better the whole Pipeline: joblib.dump(pipeline, path).',
  );
}
