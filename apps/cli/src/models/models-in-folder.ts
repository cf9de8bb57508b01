import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { FolderModelStore, ModelStoreError } from '@inferserve/model-store';
import { CommandError } from '../command.error';
import { isMlflowFolder } from '../mlflow/mlflow-folder';
import { type OpenedModel, type OpenOptions, openModel } from './open-model';

const MODEL_FILE =
  /\.(?:pkl|pickle|joblib|sav|dill|onnx|skops|json|ubj|txt|bst|model|cbm|gz|z|bz2|xz)$/;

/** The models of a folder, and the files in it that are none, each with the reason. */
export interface FolderContents {
  readonly models: readonly OpenedModel[];
  readonly skipped: readonly string[];
}

/**
 * The models of a folder: that of a folder of MLflow, one artifact, the newest version of each model of an artifacts directory, or what can be
 * converted of the files in it.
 * @throws CommandError for a folder without any, which says why for each file
 */
export async function modelsInFolder(
  folder: string,
  options: OpenOptions,
): Promise<FolderContents> {
  if (isMlflowFolder(folder)) return { models: [await openModel(folder, options)], skipped: [] };
  const paths = await artifactsIn(folder);
  if (paths.length > 0) {
    const models = await Promise.all(paths.map((path) => openModel(path, options)));
    return { models, skipped: [] };
  }
  const files = readdirSync(folder)
    .filter((name) => MODEL_FILE.test(extname(name).toLowerCase()))
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  const models: OpenedModel[] = [];
  const skipped: string[] = [];
  for (const file of files) {
    try {
      models.push(await openModel(file, options));
    } catch (error) {
      if (!(error instanceof CommandError) || error.exitCode === 2) throw error;
      skipped.push(error.message);
    }
  }
  if (models.length > 0) return { models, skipped };
  throw new CommandError(
    files.length === 0
      ? `${folder} holds no model. Name a folder with model.json files or with model files of another library.`
      : `${folder} holds no model that can be served:\n  ${skipped.join('\n  ')}`,
  );
}

async function artifactsIn(folder: string): Promise<readonly string[]> {
  try {
    return [(await FolderModelStore.locate(folder)).location];
  } catch (error) {
    if (!(error instanceof ModelStoreError)) throw error;
  }
  const store = new FolderModelStore(folder);
  const names = await store.list().catch((): readonly string[] => []);
  const references = await Promise.all(names.map((name) => store.resolve(name)));
  return references.map(({ location }) => location);
}
