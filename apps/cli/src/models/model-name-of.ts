import { basename } from 'node:path';
import { isModelName, MODEL_NAME_RULE } from '@inferserve/model-store';
import { CommandError } from '../command.error';

const EXTENSIONS =
  /(?:\.(?:pkl|pickle|p|joblib|sav|dill|gz|z|bz2|xz|onnx|skops|json|ubj|txt|bst|model|cbm))+$/;
const MAX_LENGTH = 64;

/**
 * The name of the model in a file: that of the file without extensions, in the characters that names of models have.
 * @throws CommandError where nothing of it is left
 */
export function modelNameOf(path: string): string {
  const name = basename(path)
    .toLowerCase()
    .replace(EXTENSIONS, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, MAX_LENGTH);
  if (isModelName(name)) return name;
  throw new CommandError(
    `the name of ${path} does not give the model a name. Pass --name; ${MODEL_NAME_RULE.charAt(0).toLowerCase()}${MODEL_NAME_RULE.slice(1)}.`,
  );
}
