import { join } from 'node:path';
import { compileArtifact, formatArtifact, parseArtifact } from '@inferserve/model';
import {
  type ProgressListener,
  trainIris,
  TrainingError,
  type TrainingResult,
} from '@inferserve/training';
import { confusionMatrixChart } from '../chart/confusion-matrix.chart';
import { renderPng } from '../chart/render-png';
import type { Command } from '../command';
import { CommandError } from '../command.error';
import { checkFiles, type GeneratedFile, writeFiles } from '../generated-files';
import { ProgressLine } from '../terminal/progress-line';
import { parseTrainOptions, type TrainOptions } from './train.options';
import { trainReport } from './train.report';

const HELP = `Usage: inferserve train [options]

Trains the Iris classifier on 120 rows, tests it on the other 30 and by cross-validation, and writes
  <artifacts-dir>/iris/<version>/model.json   the model, ready to be served
  <images-dir>/confusion_matrix.png           its answers on the test rows
Both files are the same to the byte at every run, on every machine.

Options:
  --artifacts-dir <dir>  where models are kept (default: artifacts)
  --images-dir <dir>     where pictures are kept (default: images)
  --version <version>    of the model (default: 1)
  --check                write nothing; exit with 1 where the files on disk are not what training gives
  -h, --help             show this text
`;

const CURE = 'Run "npm run train" and commit what it writes.';

/** The command around any training and any drawing; tests use quick ones. */
export function createTrainCommand(trainModel: typeof trainIris, draw: typeof renderPng): Command {
  return {
    name: 'train',
    summary: 'train the Iris classifier, evaluate it, write its artifact and picture',
    help: HELP,
    async run(args) {
      const options = parseTrainOptions(args);
      const result = withProgress((onProgress) => trainModel(options.version, onProgress));
      process.stdout.write(`${trainReport(result)}\n`);
      const files = [
        artifactFile(result, options),
        {
          path: join(options.imagesDir, 'confusion_matrix.png'),
          content: await draw(picture(result)),
        },
      ];
      const lines = options.check ? await checkFiles(files, CURE) : await writeFiles(files);
      process.stdout.write(lines.map((line) => `${line}\n`).join(''));
      return 0;
    },
  };
}

/** Makes the model that the api serves. */
export const trainCommand = createTrainCommand(trainIris, renderPng);

function withProgress(train: (onProgress: ProgressListener) => TrainingResult): TrainingResult {
  const line = new ProgressLine(process.stderr);
  try {
    return train((stage, number, total) =>
      line.show(total === 1 ? stage : `${stage} ${number}/${total}`),
    );
  } catch (cause) {
    if (cause instanceof TrainingError) throw new CommandError(cause.message, 1, { cause });
    throw cause;
  } finally {
    line.clear();
  }
}

function artifactFile({ artifact }: TrainingResult, options: TrainOptions): GeneratedFile {
  const text = formatArtifact(artifact);
  // What the server would refuse is not written in the first place.
  compileArtifact(parseArtifact(text));
  return {
    path: join(options.artifactsDir, artifact.name, artifact.version, 'model.json'),
    content: Buffer.from(text),
  };
}

function picture({ artifact, train, test }: TrainingResult) {
  const right = test.confusionMatrix.reduce((sum, counts, k) => sum + counts[k]!, 0);
  return confusionMatrixChart(test.confusionMatrix, {
    title: `Iris test set: ${right} of ${test.n} right`,
    subtitle: `trained on ${train.n} flowers, tested on ${test.n} others`,
    classes: artifact.classes.map(String),
  });
}
