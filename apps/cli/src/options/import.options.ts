import { type Command, Option } from 'commander';
import { CommandError } from '../command.error';
import { artifactsDirOption } from './artifacts-dir.option';
import { baselineOption } from './baseline.option';
import { addCheckOptions, type CheckOptions } from './check.options';
import { addConversionOptions, type ConversionOptions } from './conversion.options';
import { jsonOption } from './json.option';
import { parseModelName } from './parse-model-name';
import { parseModelVersion } from './parse-model-version';
import { parseSha256 } from './parse-sha256';
import { parseShare } from './parse-share';
import { addTrackingOptions, type TrackingOptions } from './tracking.options';

/** What `inferserve import` was asked for. */
export interface ImportOptions extends ConversionOptions, TrackingOptions, CheckOptions {
  readonly name: string;
  readonly version?: string;
  /** Hexadecimal digits. */
  readonly sha256?: string;
  readonly baseline?: string;
  readonly minAccuracy?: number;
  readonly artifactsDir: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Adds the options of `ImportOptions`; combinations that make no sense end with exit code 2. */
export function addImportOptions(command: Command): Command {
  command
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
    .addOption(
      new Option(
        '--sha256 <digest>',
        'SHA-256 of the file; required for one from the network',
      ).argParser(parseSha256),
    );
  addConversionOptions(addTrackingOptions(command)).addOption(baselineOption());
  return addCheckOptions(command)
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
    .hook('preAction', () => checkCombinations(command.opts<ImportOptions>()));
}

function checkCombinations(options: ImportOptions): void {
  if (options.minAccuracy === undefined || options.check !== undefined) return;
  throw new CommandError('--min-accuracy needs --check. Pass --check rows.csv too.', 2);
}
