import { existsSync } from 'node:fs';
import {
  FolderModelStore,
  isModelName,
  type ModelReference,
  ModelStoreError,
} from '@inferserve/model-store';
import { CommandError } from '../command.error';
import { checkIsPath } from './check-is-path';

/**
 * The artifact that an argument means: a path that exists, or else `NAME` (the newest version) or `NAME@VERSION` in
 * the artifacts directory.
 * @throws CommandError where there is neither
 */
export async function findArtifact(
  argument: string,
  artifactsDir: string,
): Promise<ModelReference> {
  checkIsPath(argument);
  const [name = '', version] = argument.split(/@(?=[^@]*$)/);
  try {
    if (existsSync(argument) || !isModelName(name)) return await FolderModelStore.locate(argument);
    return await new FolderModelStore(artifactsDir).resolve(name, version);
  } catch (cause) {
    if (!(cause instanceof ModelStoreError) || cause.fault !== 'model-not-found') throw cause;
    throw new CommandError(
      `${argument} is neither a file nor a model in ${new FolderModelStore(artifactsDir).directory}. ` +
        'Name a model.json, a folder that holds one, or a model of --artifacts-dir.',
      1,
      { cause },
    );
  }
}
