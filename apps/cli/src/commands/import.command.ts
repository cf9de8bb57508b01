import { Command } from 'commander';
import { formatArtifact, type Metrics } from '@inferserve/model';
import type { ImportedModel } from '@inferserve/model-import';
import { FolderModelStore, newestVersion, type WriteResult } from '@inferserve/model-store';
import { withBaseline } from '../baseline/with-baseline';
import { CommandError } from '../command.error';
import { checkDigest, isRemote, withRemoteFile } from '../files/remote-file';
import { isRegistryModel, withRegistryModel } from '../mlflow/registry-model';
import { type ArtifactName, convertFile } from '../models/convert-file';
import { addImportOptions, type ImportOptions } from '../options/import.options';
import { checkReport } from '../reports/check.report';
import { importReport } from '../reports/import.report';
import { servingReport } from '../reports/serving.report';
import type { RowCheck } from '../rows/check-rows';
import { withCheck } from '../rows/with-check';
import { displayPath } from '../terminal/display-path';
import { printable } from '../terminal/printable';
import type { Terminal } from '../terminal/terminal';

/** Everything that the command found and did. */
interface Outcome {
  readonly imported: ImportedModel;
  readonly check?: RowCheck;
  /** Absent where nothing was to be written. */
  readonly write?: WriteResult;
  /** The version that the server takes where none is named. */
  readonly newest?: string;
}

/** `inferserve import`: converts a model file of another library to an artifact. */
export function createImportCommand({ stdout, stderr }: Terminal): Command {
  const command = new Command('import')
    .description(
      `Converts a model of scikit-learn, XGBoost, LightGBM or CatBoost (pickle, joblib, skops, ONNX, or the format of the library), or a file written by the snippet of "inferserve export-snippet" to an artifact. No code in the file is executed. The artifact is written to

  <artifacts-dir>/<name>/<version>/model.json

and served by MODEL_NAME=<name> npm start. Without --version it becomes the newest version.

A model that was saved without its preprocessing needs --scaler, --before or --no-scaler.`,
    )
    .argument(
      '<file>',
      'the model file: a path, a folder that MLflow wrote, an https:// address with --sha256, or models:/NAME/VERSION or models:/NAME@ALIAS in the registry of MLflow',
    )
    .addHelpText('after', '\nExit code: 0 imported, 1 not imported, 2 invalid arguments.');
  return addImportOptions(command).action(async (file: string, options: ImportOptions) => {
    const store = new FolderModelStore(options.artifactsDir);
    const version = options.version ?? (await store.nextVersion(options.name));
    const converted = await convertInput(file, { name: options.name, version }, options);
    const based = await withBaseline(converted.artifact, options.baseline, stderr);
    const { artifact, check } = withCheck(based, options);
    const imported = { ...converted, artifact };
    const accuracy = check && accuracyOf(check, options);
    const accurate = accuracy === undefined || accuracy >= (options.minAccuracy ?? 0);
    const write =
      accurate && !options.dryRun
        ? await store.write(options.name, version, formatArtifact(artifact), {
            overwrite: options.force,
          })
        : undefined;
    const newest = await newestStored(store, options.name);
    const outcome = { imported, check, write, newest };
    stdout.write(
      options.json
        ? `${JSON.stringify(findings(outcome), null, 2)}\n`
        : printable(report(outcome, options.artifactsDir)),
    );
    if (accurate) return;
    throw new CommandError(
      `accuracy ${accuracy.toFixed(4)} on the rows of ${options.check} is below --min-accuracy ${options.minAccuracy}: nothing was written.`,
    );
  });
}

/** @throws CommandError for a file from the network without --sha256, or of another one */
async function convertInput(
  file: string,
  name: ArtifactName,
  options: ImportOptions,
): Promise<ImportedModel> {
  const { sha256 } = options;
  if (isRegistryModel(file)) {
    return withRegistryModel(file, options, async (folder) => convertFile(folder, name, options));
  }
  if (!isRemote(file)) {
    if (sha256 !== undefined) checkDigest(file, sha256);
    return convertFile(file, name, options);
  }
  if (sha256 === undefined) {
    throw new CommandError(
      'a file from the network needs --sha256, the digest of the file that you mean.',
      2,
    );
  }
  return withRemoteFile(file, sha256, async (path) => convertFile(path, name, options));
}

/** `undefined` for a regressor, which has none. */
function accuracyOf(check: RowCheck, { minAccuracy }: ImportOptions): number | undefined {
  if ('accuracy' in check.metrics) return check.metrics.accuracy;
  if (minAccuracy === undefined) return undefined;
  throw new CommandError('--min-accuracy is for classifiers; this model is a regressor.', 2);
}

async function newestStored(store: FolderModelStore, name: string): Promise<string | undefined> {
  const names = await store.list().catch((): readonly string[] => []);
  return names.includes(name) ? newestVersion((await store.versions(name)).versions) : undefined;
}

function report({ imported, check, write, newest }: Outcome, artifactsDir: string): string {
  const { artifact } = imported;
  const { name, version } = artifact;
  const figures = check === undefined ? '' : `\n${checkReport(check, artifact)}`;
  const result =
    write === undefined
      ? 'nothing written\n'
      : `${write.outcome}  ${displayPath(write.reference.location)}\n${servingReport({ name, version, newest, artifactsDir })}`;
  return `${importReport(imported)}${figures}\n${result}`;
}

function findings({ imported: { artifact, steps }, check, write, newest }: Outcome) {
  const { name, version, task, columns, output, provenance, baseline } = artifact;
  const { pairs: _, ...figures }: Metrics = check?.metrics ?? {};
  return {
    name,
    version,
    path: write?.reference.location ?? null,
    newestVersion: newest ?? null,
    task,
    steps,
    columns: columns.map((column) => column.name),
    ...(artifact.task === 'classification' && { classes: artifact.classes }),
    output: output.type,
    ...provenance,
    ...(baseline && { baselineRows: baseline.rows }),
    ...(check && { check: figures }),
  };
}
