import { join } from 'node:path';
import { type Artifact, formatArtifact } from '@inferserve/model';
import { importModel, type ImportedModel, ModelImportError } from '@inferserve/model-import';
import type { Command } from '../command';
import { CommandError } from '../command.error';
import { writeFiles } from '../generated-files';
import { nextVersion, refuseOverwrite } from './artifact-location';
import { checkRows, type RowCheck } from './check-rows';
import { type ImportCommandOptions, parseImportOptions } from './import.options';
import { checkReport, importReport } from './import.report';
import { readInputFile } from './input-file';
import { packageVersion } from './package-version';

const HELP = `Usage: inferserve import FILE --name NAME [options]

Makes an artifact of a scikit-learn classifier (pickle, joblib, skops), of an ONNX file by skl2onnx, or of
what the snippet of "inferserve export-snippet" writes. No code in the file is run. Writes
  <artifacts-dir>/<name>/<version>/model.json
which MODEL_NAME=<name> npm start then serves.

A classifier without its preprocessing needs one of:
  --scaler FILE          the fitted scaler that was saved beside it
  --no-scaler            it was fitted on raw features

Options:
  --name NAME            what the model is called
  --version VERSION      (default: the next whole number)
  --features A,B,C       names of the features, in the order of the training columns, where the file has none
  --classes X,Y,Z        names of the classes, where the file only numbers them
  --select PATH          which model of a file that holds several
  --check ROWS.CSV       score rows of known classes: accuracy, log-loss, confusion matrix
  --label COLUMN         the column with the classes (default: the last)
  --min-accuracy SHARE   with --check: import nothing below this accuracy
  --artifacts-dir DIR    where models are kept (default: artifacts)
  --force                replace another model of that name and version
  --dry-run              write nothing
  --json                 print the findings as JSON
  -h, --help             show this text

Exit code: 0 imported, 1 refused, 2 wrong call.
`;

/** Makes an artifact of somebody's model file. */
export const importCommand: Command = {
  name: 'import',
  summary: 'make an artifact of a scikit-learn or ONNX file',
  help: HELP,
  async run(args) {
    const options = parseImportOptions(args);
    const imported = readModel(options);
    const check = options.check === undefined ? undefined : runCheck(imported.artifact, options);
    const enough = (check?.metrics.accuracy ?? 1) >= (options.minAccuracy ?? 0);
    const write = enough && !options.dryRun;
    const path = join(options.artifactsDir, options.name, imported.artifact.version, 'model.json');
    const text = formatArtifact(imported.artifact);
    if (write && !options.force) refuseOverwrite(path, text);
    const lines = write ? await writeFiles([{ path, content: Buffer.from(text) }]) : [];
    print(options, imported, check, write ? path : null, lines);
    if (enough) return 0;
    throw new CommandError(
      `accuracy ${check!.metrics.accuracy.toFixed(4)} on the rows of ${options.check} is below --min-accuracy ${options.minAccuracy}: nothing was written.`,
    );
  },
};

function readModel(options: ImportCommandOptions): ImportedModel {
  const { file, scaler, name, features, classes, select } = options;
  try {
    return importModel({
      file: readInputFile(file),
      scaler: scaler === undefined || scaler === 'none' ? scaler : readInputFile(scaler.path),
      features,
      classes,
      select,
      name,
      version: options.version ?? nextVersion(options.artifactsDir, name),
      importer: `inferserve ${packageVersion()}`,
    });
  } catch (cause) {
    if (cause instanceof ModelImportError) throw new CommandError(cause.message, 1, { cause });
    throw cause;
  }
}

function runCheck(artifact: Artifact, { check = '', label }: ImportCommandOptions): RowCheck {
  const { bytes } = readInputFile(check);
  try {
    return checkRows(artifact, Buffer.from(bytes).toString('utf8'), label);
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    throw new CommandError(`${check}: ${cause.message}`, 1, { cause });
  }
}

function print(
  options: ImportCommandOptions,
  imported: ImportedModel,
  check: RowCheck | undefined,
  path: string | null,
  lines: readonly string[],
): void {
  const { artifact } = imported;
  if (options.json) {
    process.stdout.write(`${JSON.stringify(findings(imported, check, path), null, 2)}\n`);
    return;
  }
  process.stdout.write(importReport(imported));
  if (check) process.stdout.write(`\n${checkReport(check, artifact)}`);
  process.stdout.write(`\n${lines.join('\n') || 'nothing written'}\n`);
  if (path !== null) process.stdout.write(`Serve it:  MODEL_NAME=${artifact.name} npm start\n`);
}

function findings(
  { artifact, steps }: ImportedModel,
  check: RowCheck | undefined,
  path: string | null,
) {
  const { name, version, classes, model, input, provenance } = artifact;
  return {
    name,
    version,
    path,
    steps,
    features: input.features.map((feature) => feature.name),
    classes,
    probability: model.probability,
    ...provenance,
    ...(check && { check: check.metrics }),
  };
}
