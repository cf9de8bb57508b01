import { parseArgs } from 'node:util';
import { CommandError } from '../command.error';
import { parseCsv } from './csv';

/** As artifacts allow them; both become names of directories. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;

/** What `inferserve import` was asked for. */
export interface ImportCommandOptions {
  readonly file: string;
  readonly name: string;
  readonly version: string | undefined;
  /** Path of the scaler's file; `none` with --no-scaler. */
  readonly scaler: { readonly path: string } | 'none' | undefined;
  readonly features: readonly string[] | undefined;
  readonly classes: readonly string[] | undefined;
  readonly select: string | undefined;
  readonly check: string | undefined;
  readonly label: string | undefined;
  readonly minAccuracy: number | undefined;
  readonly artifactsDir: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly force: boolean;
}

/** @throws CommandError for a wrong call; the errors of `parseArgs` for unknown options */
export function parseImportOptions(args: readonly string[]): ImportCommandOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      version: { type: 'string' },
      scaler: { type: 'string' },
      'no-scaler': { type: 'boolean', default: false },
      features: { type: 'string' },
      classes: { type: 'string' },
      select: { type: 'string' },
      check: { type: 'string' },
      label: { type: 'string' },
      'min-accuracy': { type: 'string' },
      'artifacts-dir': { type: 'string', default: 'artifacts' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
    },
  });
  const { name, version, scaler, 'no-scaler': noScaler, check, label } = values;
  if (name === undefined || !NAME.test(name)) {
    throw wrongCall(
      name === undefined ? '--name is missing' : `--name "${name}" is not a name`,
      'Use up to 64 small letters, digits and . _ -, such as --name churn.',
    );
  }
  if (version !== undefined && !VERSION.test(version)) {
    throw wrongCall(
      `--version "${version}" is not a version`,
      'Use letters, digits and . _ + -, such as 1 or 2.0.',
    );
  }
  if (scaler !== undefined && noScaler) {
    throw wrongCall('--scaler and --no-scaler exclude each other', 'Pass one of them.');
  }
  if (check === undefined && (label !== undefined || values['min-accuracy'] !== undefined)) {
    throw wrongCall('--label and --min-accuracy need --check', 'Pass --check rows.csv too.');
  }
  return {
    file: onlyFile(positionals),
    name,
    version,
    scaler: noScaler ? 'none' : scaler === undefined ? undefined : { path: scaler },
    features: listOf(values.features, '--features'),
    classes: listOf(values.classes, '--classes'),
    select: values.select,
    check,
    label,
    minAccuracy: shareOf(values['min-accuracy']),
    artifactsDir: values['artifacts-dir'],
    dryRun: values['dry-run'],
    json: values.json,
    force: values.force,
  };
}

/** The one file that a command is about. */
export function onlyFile(positionals: readonly string[]): string {
  const [file] = positionals;
  if (file !== undefined && file !== '' && positionals.length === 1) return file;
  throw wrongCall(`expected one file, not ${positionals.length}`, 'See --help.');
}

/** Names between commas; one with a comma in it stands in double quotes. */
function listOf(text: string | undefined, option: string): string[] | undefined {
  if (text === undefined) return undefined;
  const [row, ...more] = parseCsv(text);
  const names = row?.fields.map((name) => name.trim()) ?? [];
  if (names.length > 0 && more.length === 0 && names.every((name) => name !== '')) return names;
  throw wrongCall(`${option} has an empty name`, 'Separate the names with single commas.');
}

function shareOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const share = text.trim() === '' ? NaN : Number(text);
  if (share >= 0 && share <= 1) return share;
  throw wrongCall(
    `--min-accuracy "${text}" is not a share`,
    'Use a number from 0 to 1, such as 0.9.',
  );
}

function wrongCall(problem: string, cure: string): CommandError {
  return new CommandError(`${problem}. ${cure}`, 2);
}
