import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { formatArtifact } from '@inferserve/model';
import { MemoryModelStore } from '@inferserve/model-store';
import { withBaseline } from '../baseline/with-baseline';
import { CommandError } from '../command.error';
import { packageFolder } from '../files/package-folder';
import { modelsInFolder } from '../models/models-in-folder';
import { type OpenedModel, openModel } from '../models/open-model';
import { DEFAULT_ARTIFACTS_DIR } from '../options/artifacts-dir.option';
import { givenConversionOptions } from '../options/conversion.options';
import { addServeOptions, type ServeOptions, variablesOf } from '../options/serve.options';
import { checkReport } from '../reports/check.report';
import { addressesReport, modelsReport } from '../reports/serve.report';
import type { RowCheck } from '../rows/check-rows';
import { withCheck } from '../rows/with-check';
import { printable } from '../terminal/printable';
import type { OutputStream, Terminal } from '../terminal/terminal';
import type { ServerStart } from '../../../api/src/start-server';
import { primary } from '../../../api/src/workers/primary';

/** Where SageMaker puts the model of a container that it starts with the argument "serve". */
const SAGEMAKER_MODEL = '/opt/ml/model';

/** Starts the server in this process; resolves to its URL, or to `undefined` where workers listen. */
type StartServer = (start: ServerStart) => Promise<string | undefined>;

/** `inferserve serve`: from model files to a running server. The start can be replaced. */
export function createServeCommand(
  terminal: Terminal,
  startServer: StartServer = loadAndStart,
  isWorker: boolean = primary !== undefined,
): Command {
  const command = new Command('serve')
    .description(
      `Serves model files: artifacts, or pickle, joblib, skops, ONNX, XGBoost, LightGBM and CatBoost files, which are converted in memory as "inferserve import" does it. Nothing is written, and no code in a file is executed. The first model answers POST /predict.

A folder stands for the models in it. Without any file the settings decide, as with "npm start". All settings of the environment and of .env count; the options come before them.`,
    )
    .argument(
      '[files...]',
      'model files, folders, or NAME or NAME@VERSION from the artifacts directory',
    )
    .addHelpText('after', '\nExit code: 0 stopped, 1 not served, 2 invalid arguments.');
  return addServeOptions(command).action(async (files: string[], options: ServeOptions) => {
    checkCombinations(files, options);
    // A worker does the same work as the process that started it, and says nothing of it.
    const say = (text: string): void => void (isWorker || terminal.stderr.write(printable(text)));
    const opened = await openModels(files, options, say);
    const models = await addFigures(opened, options, terminal.stderr);
    const variables = { ...variablesOf(options), ...settingsOf(models, options) };
    const store = models.length > 0 ? await storeOf(models) : undefined;
    say(models.length > 0 ? `${modelsReport(models)}\n` : '');
    for (const { artifact, check } of models) if (check) say(checkReport(check, artifact));
    const url = await startServer({ store, variables }).catch((cause: unknown) => {
      const problem = cause instanceof Error ? cause.message : String(cause);
      throw new CommandError(`cannot start the server. ${problem}`, 1, { cause });
    });
    const [first, ...others] = models;
    if (url === undefined || !first) return;
    say(
      `\n${addressesReport(
        url,
        first.artifact,
        others.map(({ name }) => name),
      )}`,
    );
  });
}

/** A model, the name that it is served under, and what --check measured. */
type NamedModel = OpenedModel & { readonly name: string; readonly check?: RowCheck };

function checkCombinations(files: readonly string[], options: ServeOptions): void {
  const given = [
    ...(options.name === undefined ? [] : ['--name']),
    ...(options.baseline === undefined ? [] : ['--baseline']),
    ...(options.check === undefined ? [] : ['--check']),
    ...givenConversionOptions(options),
  ];
  if (files.length === 1 || given.length === 0) return;
  throw new CommandError(
    files.length === 0
      ? `${given[0]} needs a file. Name the model file too.`
      : `${given[0]} is for one file. Import the files one by one ("inferserve import"), then serve them by name.`,
    2,
  );
}

async function openModels(
  files: readonly string[],
  options: ServeOptions,
  say: (text: string) => void,
): Promise<readonly NamedModel[]> {
  const paths = files.length === 0 && existsSync(SAGEMAKER_MODEL) ? [SAGEMAKER_MODEL] : files;
  const models: OpenedModel[] = [];
  for (const path of paths) {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      models.push(await openModel(path, options));
      continue;
    }
    const found = await modelsInFolder(path, options);
    for (const reason of found.skipped) say(`skipped  ${reason}\n`);
    models.push(...found.models);
  }
  return models.map((model) => ({ ...model, name: options.name ?? model.artifact.name }));
}

/** Adds what --baseline and --check find out to the one model. */
async function addFigures(
  models: readonly NamedModel[],
  options: ServeOptions,
  progress: OutputStream,
): Promise<readonly NamedModel[]> {
  const [model] = models;
  const { baseline } = options;
  if (!model || (baseline === undefined && options.check === undefined)) return models;
  if (models.length > 1) {
    const option = baseline === undefined ? '--check' : '--baseline';
    throw new CommandError(`${option} is for one model, but there are ${models.length}.`, 2);
  }
  const based = await withBaseline(model.artifact, baseline, progress);
  const { artifact, check } = withCheck(based, options);
  return [{ ...model, artifact, check, text: formatArtifact(artifact) }];
}

/** @throws CommandError for two models of one name */
async function storeOf(models: readonly NamedModel[]): Promise<MemoryModelStore> {
  const store = new MemoryModelStore();
  const sources = new Map<string, string>();
  for (const { name, artifact, text, source } of models) {
    const other = sources.get(name);
    if (other !== undefined) {
      throw new CommandError(
        `${other} and ${source} are both called "${name}". Rename one of the files, or serve them apart with --name.`,
      );
    }
    sources.set(name, source);
    await store.write(name, artifact.version, text);
  }
  return store;
}

/** The settings that say which models to serve. */
function settingsOf(
  [first, ...others]: readonly NamedModel[],
  { artifactsDir }: ServeOptions,
): Record<string, string> {
  if (first) {
    const names = [first, ...others].map(({ name }) => name);
    const models = others.length > 0 ? names.join(',') : '';
    return { MODEL_NAME: first.name, MODEL_VERSION: '', MODELS: models, MODEL_PATH: '' };
  }
  if (artifactsDir !== DEFAULT_ARTIFACTS_DIR) return { ARTIFACTS_DIR: artifactsDir };
  return ownArtifacts();
}

/** Where there are neither settings nor models, somebody tries the package out: it brings a model along. */
function ownArtifacts(): Record<string, string> {
  // oxlint-disable-next-line node/no-process-env -- only whether there is a setting
  const isSet = process.env['ARTIFACTS_DIR'] !== undefined || existsSync('.env');
  const own = join(packageFolder() ?? '.', DEFAULT_ARTIFACTS_DIR);
  return isSet || existsSync(DEFAULT_ARTIFACTS_DIR) || !existsSync(own)
    ? {}
    : { ARTIFACTS_DIR: own };
}

/** The server takes longer to load than everything else here: a file that cannot be served need not wait for it. */
function loadAndStart(start: ServerStart): Promise<string | undefined> {
  // oxlint-disable-next-line typescript/no-require-imports
  const { startServer } =
    require('../../../api/src/start-server') as typeof import('../../../api/src/start-server');
  return startServer(start);
}
