import { Option } from 'commander';
import { parseDirectory } from './parse-directory';

export const DEFAULT_ARTIFACTS_DIR = 'artifacts';

/** `--artifacts-dir`, of every command that uses the model store. */
export function artifactsDirOption(): Option {
  return new Option('--artifacts-dir <dir>', 'directory of the models')
    .argParser(parseDirectory)
    .default(DEFAULT_ARTIFACTS_DIR);
}
