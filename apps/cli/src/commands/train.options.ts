import { parseArgs } from 'node:util';
import { CommandError } from '../command.error';

/** As artifacts allow it; it also becomes the name of a directory. */
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;

/** What `inferserve train` was asked for. */
export interface TrainOptions {
  readonly artifactsDir: string;
  readonly imagesDir: string;
  readonly version: string;
  readonly check: boolean;
}

/** @throws CommandError for a value that cannot be used; the errors of `parseArgs` for unknown options */
export function parseTrainOptions(args: readonly string[]): TrainOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'artifacts-dir': { type: 'string', default: 'artifacts' },
      'images-dir': { type: 'string', default: 'images' },
      version: { type: 'string', default: '1' },
      check: { type: 'boolean', default: false },
    },
  });
  for (const option of ['artifacts-dir', 'images-dir'] as const) {
    if (values[option].trim() === '') {
      throw new CommandError(`--${option} is empty. Name a directory or leave the option out.`, 2);
    }
  }
  if (!VERSION.test(values.version)) {
    throw new CommandError(
      `--version "${values.version}" is not a version. Use up to 64 letters, digits and . _ + -, such as 1 or 2.0.`,
      2,
    );
  }
  return {
    artifactsDir: values['artifacts-dir'],
    imagesDir: values['images-dir'],
    version: values.version,
    check: values.check,
  };
}
