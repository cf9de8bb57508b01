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
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';
import { createTrainCommand } from './train.command';

const trained = new Map<string, ReturnType<typeof trainIris>>();

/** Three fits for a version instead of 51 each time. */
const quickTraining: typeof trainIris = (version, onProgress) => {
  const plan = {
    version,
    hyperparameters: { learningRate: 5e-3, numSteps: 600 },
    crossValidation: { repeats: 1, folds: 2, seed: 1 },
  };
  const result = trained.get(version) ?? trainArtifact(IRIS, IRIS_SPLIT, plan, onProgress);
  trained.set(version, result);
  return result;
};

/** No picture, because Jest cannot load Vega, which is ESM only. */
const drawAsText = (chart: object) => Promise.resolve(Buffer.from(JSON.stringify(chart)));

describe('inferserve train', () => {
  let directory: string;
  let args: string[];
  let terminal: RecordingTerminal;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'train-command-'));
    args = ['--artifacts-dir', directory, '--images-dir', join(directory, 'images')];
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  async function train(more: readonly string[] = [], training = quickTraining): Promise<number> {
    terminal = new RecordingTerminal();
    const command = createTrainCommand(terminal, training, drawAsText);
    return inferserve(['train', ...args, ...more], terminal, [command]);
  }
  const failWith = (error: Error) => () => {
    throw error;
  };
  const model = (version = '1') => join(directory, `iris/${version}/model.json`);
  const picture = () => join(directory, 'images/confusion_matrix.png');

  it('writes a model that can be served, and a chart of its test', async () => {
    expect(await train(['--version', '2.0'])).toBe(0);
    const artifact = parseArtifact(readFileSync(model('2.0'), 'utf8'));
    expect(artifact).toMatchObject({ name: 'iris', version: '2.0' });
    expect(() => compileArtifact(artifact)).not.toThrow();
    expect(readFileSync(picture(), 'utf8')).toContain('Iris test set: 30 of 30 right');
    expect(readFileSync(picture(), 'utf8')).toContain(
      'trained on 120 flowers, tested on 30 others',
    );
    expect(terminal.out).toContain('accuracy                           1.00        30');
    expect(terminal.out).toContain(`written  ${model('2.0')}\nwritten  ${picture()}\n`);
    expect(terminal.err).toBe('');
  });

  it('says which version is served then', async () => {
    await train(['--version', '2.0']);
    expect(terminal.out).toContain(
      `Version 2.0 is now the newest. Serve it: ARTIFACTS_DIR=${directory} MODEL_NAME=iris npm start\n`,
    );
    await train();
    expect(terminal.out).toMatch(/Version 1 is not the newest; .* npm start serves version 2\.0\./);
    expect(terminal.out).toContain('MODEL_NAME=iris MODEL_VERSION=1 npm start');
  });

  it('trains version 1 again in place of the old one', async () => {
    await train();
    const made = readFileSync(model());
    writeFileSync(model(), 'something else');
    expect(await train()).toBe(0);
    expect(readFileSync(model())).toEqual(made);
  });

  it('finds under --check what it wrote before', async () => {
    await train();
    expect(await train(['--check'])).toBe(0);
    expect(terminal.out).toContain(`up to date  ${model()}\nup to date  ${picture()}\n`);
  });

  it('fails under --check where a file differs, and leaves it alone', async () => {
    await train();
    writeFileSync(picture(), 'drawn by hand');
    expect(await train(['--check'])).toBe(1);
    expect(terminal.err).toBe(
      `inferserve: ${picture()} is different from byte 0 on. Run "npm run train" and commit what it writes.\n`,
    );
    expect(readFileSync(picture(), 'utf8')).toBe('drawn by hand');
  });

  it('reports data that cannot be trained from without a stack trace', async () => {
    const error = new TrainingError('class 1 has no row', 'Give some.');
    expect(await train([], failWith(error))).toBe(1);
    expect(terminal.err).toBe('inferserve: class 1 has no row. Give some.\n');
  });

  it('lets a defect through as it is', async () => {
    const defect = new TypeError('not a function');
    await expect(train([], failWith(defect))).rejects.toBe(defect);
  });

  it.each([
    [['--version', ''], '--version'],
    [['--version', '../../etc'], '--version'],
    [['--version=.hidden'], '--version'],
    [['--version', 'a b'], '--version'],
    [['--version', 'latest'], '--version'],
    [['--version', 'v'.repeat(65)], '--version'],
    [['--version'], '--version'],
    [['--artifacts-dir', ''], '--artifacts-dir'],
    [['--images-dir', '  '], '--images-dir'],
    [['--chek'], 'Did you mean --check?'],
    [['--check=yes'], '--check=yes'],
    [['extra'], 'too many arguments'],
  ])('ends with 2 for %j', async (more, message) => {
    expect(await train(more, failWith(new Error('trained')))).toBe(2);
    expect(terminal.err).toMatch(/^inferserve: .+\n$/);
    expect(terminal.err).toContain(message);
    expect(terminal.out).toBe('');
  });
});
