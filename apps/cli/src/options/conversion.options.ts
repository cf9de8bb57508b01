import { type Command, Option } from 'commander';
import { CommandError } from '../command.error';
import { parseNameList } from './parse-name-list';
import { parseNamesOrFile } from './parse-names-or-file';

/** What the converter has to know about a file that says too little about itself. */
export interface ConversionOptions {
  /** Path of the scaler's file; `false` with --no-scaler. */
  readonly scaler?: string | false;
  /** Paths of the files that rows go through before the model, in order. */
  readonly before?: readonly string[];
  readonly features?: readonly string[];
  readonly classes?: readonly string[];
  /** Path of the file that names the classes. */
  readonly targetEncoder?: string;
  readonly select?: string;
}

/** The options of `ConversionOptions` that were given, as they are written. */
export function givenConversionOptions(options: ConversionOptions): readonly string[] {
  const { scaler, before, features, classes, targetEncoder, select } = options;
  const given: readonly (readonly [option: string, value: unknown])[] = [
    [scaler === false ? '--no-scaler' : '--scaler', scaler],
    ['--before', before],
    ['--features', features],
    ['--classes', classes],
    ['--target-encoder', targetEncoder],
    ['--select', select],
  ];
  return given.filter(([, value]) => value !== undefined).map(([option]) => option);
}

/** Adds the options of `ConversionOptions`; combinations that make no sense end with exit code 2. */
export function addConversionOptions(command: Command): Command {
  const scalerOptions = new Set<string>();
  // Both set the same member, so that commander cannot tell that both were given.
  for (const option of ['scaler', 'no-scaler']) {
    command.on(`option:${option}`, () => scalerOptions.add(option));
  }
  return command
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
    .hook('preAction', () => checkCombinations(command.opts<ConversionOptions>(), scalerOptions));
}

function checkCombinations(options: ConversionOptions, scalerOptions: ReadonlySet<string>): void {
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
}
