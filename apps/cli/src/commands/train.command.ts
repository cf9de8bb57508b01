import { join } from 'node:path';
import { Command, Option } from 'commander';
import { compileArtifact, formatArtifact, parseArtifact } from '@inferserve/model';
import { FolderModelStore, newestVersion } from '@inferserve/model-store';
import {
  type ProgressListener,
  trainIris,
  TrainingError,
  type TrainingResult,
} from '@inferserve/training';
import { confusionMatrixChart } from '../chart/confusion-matrix.chart';
import { renderPng } from '../chart/render-png';
import { CommandError } from '../command.error';
import { checkFiles, type GeneratedFile, writeFiles } from '../files/generated-files';
import { artifactsDirOption } from '../options/artifacts-dir.option';
import { parseDirectory } from '../options/parse-directory';
import { parseModelVersion } from '../options/parse-model-version';
import { servingReport } from '../reports/serving.report';
import { trainReport } from '../reports/train.report';
import { displayPath } from '../terminal/display-path';
import { ProgressLine } from '../terminal/progress-line';
import type { OutputStream, Terminal } from '../terminal/terminal';

interface TrainOptions {
  readonly artifactsDir: string;
  readonly imagesDir: string;
  readonly version: string;
  readonly check?: boolean;
}

const REMEDY = 'Run "npm run train" and commit what it writes.';

/** `inferserve train`: makes the Iris model. Training and drawing can be replaced by quicker ones. */
export function createTrainCommand(
  terminal: Terminal,
  trainModel: typeof trainIris = trainIris,
  draw: typeof renderPng = renderPng,
): Command {
  return new Command('train')
    .description(
      `Trains the Iris classifier on 120 rows, tests it on the other 30 and by cross-validation, and writes:

  <artifacts-dir>/iris/<version>/model.json   the model, ready to be served
  <images-dir>/confusion_matrix.png           its predictions for the test rows

Both files are identical to the byte in every run, on every machine.`,
    )
    .addOption(artifactsDirOption())
    .addOption(
      new Option('--images-dir <dir>', 'directory of the charts')
        .argParser(parseDirectory)
        .default('images'),
    )
    .addOption(
      new Option('--version <version>', 'version of the model')
        .argParser(parseModelVersion)
        .default('1'),
    )
    .option('--check', 'write nothing; fail if the files on disk differ from what training gives')
    .addHelpText('after', '\nExit code: 0 done, 1 failed or different, 2 invalid arguments.')
    .action(async (options: TrainOptions) => {
      const { stdout, stderr } = terminal;
      const result = trainWithProgress(trainModel, options.version, stderr);
      stdout.write(`${trainReport(result)}\n`);
      const picture = {
        path: join(options.imagesDir, 'confusion_matrix.png'),
        content: await draw(chartOf(result)),
      };
      stdout.write(
        options.check
          ? await compareWithDisk(result, picture, options)
          : await save(result, picture, options),
      );
    });
}

function trainWithProgress(
  trainModel: typeof trainIris,
  version: string,
  stream: OutputStream,
): TrainingResult {
  const line = new ProgressLine(stream);
  const onProgress: ProgressListener = (stage, number, total) =>
    line.show(total === 1 ? stage : `${stage} ${number}/${total}`);
  try {
    return trainModel(version, onProgress);
  } catch (cause) {
    if (cause instanceof TrainingError) throw new CommandError(cause.message, 1, { cause });
    throw cause;
  } finally {
    line.clear();
  }
}

async function compareWithDisk(
  { artifact }: TrainingResult,
  picture: GeneratedFile,
  { artifactsDir }: TrainOptions,
): Promise<string> {
  const path = new FolderModelStore(artifactsDir).pathOf(artifact.name, artifact.version);
  const content = Buffer.from(formatArtifact(artifact));
  return `${(await checkFiles([{ path, content }, picture], REMEDY)).join('\n')}\n`;
}

async function save(
  { artifact }: TrainingResult,
  picture: GeneratedFile,
  { artifactsDir }: TrainOptions,
): Promise<string> {
  const { name, version } = artifact;
  const text = formatArtifact(artifact);
  // Never store what the server would reject.
  compileArtifact(parseArtifact(text));
  const store = new FolderModelStore(artifactsDir);
  const { outcome, reference } = await store.write(name, version, text, { overwrite: true });
  const lines = [
    `${outcome}  ${displayPath(reference.location)}`,
    ...(await writeFiles([picture])),
  ];
  const newest = newestVersion((await store.versions(name)).versions);
  return `${lines.join('\n')}\n\n${servingReport({ name, version, newest, artifactsDir })}`;
}

function chartOf({ artifact, train, test }: TrainingResult) {
  const right = test.confusionMatrix.reduce((sum, counts, k) => sum + counts[k]!, 0);
  return confusionMatrixChart(test.confusionMatrix, {
    title: `Iris test set: ${right} of ${test.n} right`,
    subtitle: `trained on ${train.n} flowers, tested on ${test.n} others`,
    classes: artifact.classes.map(String),
  });
}
