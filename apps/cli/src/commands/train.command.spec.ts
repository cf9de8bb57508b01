import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileArtifact, parseArtifact } from '@inferserve/model';
import {
  IRIS,
  IRIS_SPLIT,
  trainArtifact,
  type trainIris,
  TrainingError,
} from '@inferserve/training';
import { CommandError } from '../command.error';
import { createTrainCommand } from './train.command';

/** One fit instead of 51. */
const quickTraining: typeof trainIris = (version, onProgress) =>
  trainArtifact(
    IRIS,
    IRIS_SPLIT,
    {
      version,
      hyperparameters: { learningRate: 5e-3, numSteps: 600 },
      crossValidation: { repeats: 1, folds: 2, seed: 1 },
    },
    onProgress,
  );

/** No picture, because Jest cannot load Vega, which is ESM only. */
const drawAsText = (chart: object) => Promise.resolve(Buffer.from(JSON.stringify(chart)));

const command = createTrainCommand(quickTraining, drawAsText);

function failing(error: Error) {
  return createTrainCommand(() => {
    throw error;
  }, drawAsText);
}

describe('createTrainCommand', () => {
  let directory: string;
  let printed: string;
  let args: string[];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'train-command-'));
    args = ['--artifacts-dir', directory, '--images-dir', join(directory, 'images')];
    printed = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(directory, { recursive: true });
  });

  const model = (version = '1') => join(directory, `iris/${version}/model.json`);
  const picture = () => join(directory, 'images/confusion_matrix.png');

  it('writes a model that can be served, and a picture of its test', async () => {
    expect(await command.run([...args, '--version', '2.0'])).toBe(0);
    const artifact = parseArtifact(readFileSync(model('2.0'), 'utf8'));
    expect(artifact).toMatchObject({ name: 'iris', version: '2.0' });
    expect(() => compileArtifact(artifact)).not.toThrow();
    expect(readFileSync(picture(), 'utf8')).toContain('Iris test set: 30 of 30 right');
    expect(readFileSync(picture(), 'utf8')).toContain(
      'trained on 120 flowers, tested on 30 others',
    );
    expect(printed).toContain('accuracy                           1.00        30');
    expect(printed).toContain(`written  ${model('2.0')}\nwritten  ${picture()}\n`);
  });

  it('finds under --check what it wrote before', async () => {
    await command.run(args);
    expect(await command.run([...args, '--check'])).toBe(0);
    expect(printed).toContain(`as it should be  ${model()}\nas it should be  ${picture()}\n`);
  });

  it('fails under --check where a file is another, and leaves it alone', async () => {
    await command.run(args);
    writeFileSync(picture(), 'drawn by hand');
    await expect(command.run([...args, '--check'])).rejects.toThrow(
      new CommandError(
        `${picture()} is different from byte 0 on. Run "npm run train" and commit what it writes.`,
      ),
    );
    expect(readFileSync(picture(), 'utf8')).toBe('drawn by hand');
  });

  it('reports data that cannot be trained from without a stack trace', async () => {
    const error = new TrainingError('class 1 has no row', 'Give some.');
    await expect(failing(error).run(args)).rejects.toThrow(
      new CommandError('class 1 has no row. Give some.', 1, { cause: error }),
    );
  });

  it('lets a defect through as it is', async () => {
    const defect = new TypeError('not a function');
    await expect(failing(defect).run(args)).rejects.toBe(defect);
  });
});
