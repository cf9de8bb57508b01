import { importModel, type ImportedModel, ModelImportError } from '@inferserve/model-import';
import { CommandError } from '../command.error';
import { readInputFile } from '../files/input-file';
import { packageVersion } from '../files/package-version';
import { isMlflowFolder, readMlflowFolder } from '../mlflow/mlflow-folder';
import type { ConversionOptions } from '../options/conversion.options';

/** What the artifact is to be called. */
export interface ArtifactName {
  readonly name: string;
  readonly version: string;
}

/**
 * Converts a model file of another library, or the folder in which MLflow keeps one, to an artifact; nothing is written.
 * @throws CommandError with the reason and the remedy for a file that cannot be converted
 */
export function convertFile(
  path: string,
  { name, version }: ArtifactName,
  options: ConversionOptions,
): ImportedModel {
  const { scaler, before, classes, targetEncoder, select } = options;
  const saved = isMlflowFolder(path) ? readMlflowFolder(path) : { file: path };
  const features = options.features ?? saved.features;
  try {
    return importModel({
      file: readInputFile(saved.file),
      scaler: scaler === false ? 'none' : scaler === undefined ? undefined : readInputFile(scaler),
      before: before?.map(readInputFile),
      features,
      classes,
      targetEncoder: targetEncoder === undefined ? undefined : readInputFile(targetEncoder),
      select,
      name,
      version,
      importer: `inferserve ${packageVersion()}`,
    });
  } catch (cause) {
    if (cause instanceof ModelImportError) throw new CommandError(cause.message, 1, { cause });
    throw cause;
  }
}
