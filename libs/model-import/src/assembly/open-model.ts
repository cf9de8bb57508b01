import type { FoundModel } from '../estimators/contract/converter';
import { openFormat } from '../estimators/registry/formats';
import { ModelImportError } from '../files/bytes/model-import.error';
import type { ModelFile, PythonFile } from '../files/model-file';
import { foreignGlobals } from '../files/pickle/foreign-globals';
import { bundledNames, labelsBeside } from './bundled-names';
import { type FileContents, findCandidates } from './candidates';
import { chooseModel } from './choose-model';
import { encodersByColumn } from './encoders-by-column';
import {
  type FoundTransformer,
  foundModel,
  onlyTransformer,
  transformerBeside,
} from './found-estimator';

/** What to take out of a file that holds several things. */
export interface Selection {
  /** The path of the model, as the list of candidates names it. */
  readonly select?: string | undefined;
  /** Whether a scaler that stands beside the model belongs before it. */
  readonly useBundledScaler: boolean;
  /** Whether a list of names beside the model may name its features. */
  readonly useBundledNames: boolean;
}

/** The model of a file with what stands beside it. */
export interface OpenedModel {
  readonly model: FoundModel;
  readonly before: readonly FoundTransformer[];
  /** Names of the columns out of the file, where the model itself has none. */
  readonly names?: readonly string[] | undefined;
  readonly warnings: readonly string[];
}

/** The model in a file of any format. */
export function openModel(file: ModelFile, selection: Selection): OpenedModel {
  if ('root' in file) return openPython(file, selection);
  if (file.format === 'artifact') {
    throw new ModelImportError(
      'is an artifact already',
      'Put it into artifacts/<name>/<version>/model.json; inferserve verify checks it.',
    );
  }
  const model = openFormat(file);
  if (model) return { model, before: [], warnings: [] };
  throw new ModelImportError(
    'is of a format that is recognised but not supported yet',
    'docs/import-your-model.md lists what is supported, with the way out for the rest.',
  );
}

/** The transformer in a file that was saved beside a model. */
export function openTransformer(file: ModelFile): FoundTransformer {
  if ('root' in file) {
    const contents = contentsOf(file);
    return encodersByColumn(contents) ?? onlyTransformer(contents);
  }
  throw new ModelImportError(
    'is not a pickle, joblib or skops file',
    'Give the fitted scaler: joblib.dump(scaler, path).',
  );
}

function openPython(file: PythonFile, selection: Selection): OpenedModel {
  const contents = contentsOf(file);
  const chosen = chooseModel(contents, selection.select);
  const model = foundModel(chosen.estimator);
  const beside = selection.useBundledScaler ? transformerBeside(chosen, contents) : undefined;
  const names = selection.useBundledNames ? bundledNames(model, contents) : undefined;
  return {
    model,
    before: beside ? [beside.transformer] : [],
    names: names?.names,
    warnings: [
      ...(beside ? [beside.warning] : []),
      ...labelsBeside(model, contents),
      ...(names ? [`feature names are taken from "${names.path}" in the file`] : []),
    ],
  };
}

/** @throws ModelImportError for a file with names of no supported library, whatever else is in it */
function contentsOf(file: PythonFile): FileContents {
  if (file.foreign.length > 0) throw foreignGlobals(file.foreign);
  return findCandidates(file.root);
}
