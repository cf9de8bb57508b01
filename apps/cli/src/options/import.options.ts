import { type Command, Option } from 'commander';
import { CommandError } from '../command.error';
import { artifactsDirOption } from './artifacts-dir.option';
import { jsonOption } from './json.option';
import { parseModelName } from './parse-model-name';
import { parseModelVersion } from './parse-model-version';
import { parseNameList } from './parse-name-list';
import { parseNamesOrFile } from './parse-names-or-file';
import { parseShare } from './parse-share';

/** What `inferserve import` was asked for. */
export interface ImportOptions {
  readonly name: string;
  readonly version?: string;
  /** Path of the scaler's file; `false` with --no-scaler. */
  readonly scaler?: string | false;
  /** Paths of the files that rows go through before the model, in order. */
  readonly before?: readonly string[];
  readonly features?: readonly string[];
  readonly classes?: readonly string[];
  /** Path of the file that names the classes. */
  readonly targetEncoder?: string;
  readonly select?: string;
  readonly check?: string;
  readonly label?: string;
  readonly minAccuracy?: number;
  readonly artifactsDir: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Adds the options of `ImportOptions`; combinations that make no sense end with exit code 2. */
export function addImportOptions(command: Command): Command {
  const scalerOptions = new Set<string>();
  // Both set the same member, so that commander cannot tell that both were given.
  for (const option of ['scaler', 'no-scaler']) {
    command.on(`option:${option}`, () => scalerOptions.add(option));
  }
  return command
    .addOption(
      new Option('--name <name>', 'name of the model')
        .argParser(parseModelName)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--version <version>',
        'version of the model (default: the next whole number)',
      ).argParser(parseModelVersion),
    )
    .option('--scaler <file>', 'the fitted scaler that was saved beside the classifier')
    .option('--no-scaler', 'the classifier was fitted on unscaled features')
    .option(
      '--before <files...>',
      'scalers, encoders and ColumnTransformers saved beside the model, in the order in which rows go through them',
    )
    .addOption(
      new Option(
        '--features <a,b,c|file>',
        'names of the features in the order of the training columns, if the file has none: a list, or a file with one (text, JSON, pickle)',
      ).argParser(parseNamesOrFile),
    )
    .addOption(
      new Option(
        '--classes <x,y,z>',
        'names of the classes, if the file only numbers them',
      ).argParser(parseNameList),
    )
    .option(
      '--target-encoder <file>',
      'the fitted LabelEncoder of the target, which names the classes',
    )
    .option('--select <path>', 'which model of a file that holds several')
    .option(
      '--check <rows.csv>',
      'score rows with known classes: accuracy, log-loss, confusion matrix',
    )
    .option('--label <column>', 'with --check: the column with the classes (default: the last)')
    .addOption(
      new Option(
        '--min-accuracy <share>',
        'with --check: import nothing below this accuracy',
      ).argParser(parseShare),
    )
    .addOption(artifactsDirOption())
    .option('--force', 'replace a different model of the same name and version')
    .option('--dry-run', 'write nothing')
    .addOption(jsonOption())
    .hook('preAction', () => checkCombinations(command.opts<ImportOptions>(), scalerOptions));
}

function checkCombinations(options: ImportOptions, scalerOptions: ReadonlySet<string>): void {
  if (scalerOptions.size > 1) {
    throw new CommandError('--scaler and --no-scaler exclude each other. Pass one of them.', 2);
  }
  if (options.before && scalerOptions.size > 0) {
    throw new CommandError(
      '--before takes every file that rows go through, the scaler too. Leave --scaler and --no-scaler out.',
      2,
    );
  }
  if (options.classes && options.targetEncoder !== undefined) {
    throw new CommandError(
      '--classes and --target-encoder exclude each other. Pass one of them.',
      2,
    );
  }
  const needsCheck = options.label !== undefined || options.minAccuracy !== undefined;
  if (needsCheck && options.check === undefined) {
    throw new CommandError(
      '--label and --min-accuracy need --check. Pass --check rows.csv too.',
      2,
    );
  }
}
