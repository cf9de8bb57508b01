import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Artifact, compileArtifact, formatArtifact, parseArtifact } from '@inferserve/model';
import { multiplier, named } from '../../../../test/support/served-models';
import type { ServerStart } from '../../../api/src/start-server';
import { createServeCommand } from '../commands/serve.command';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';

const CHURN = resolve('examples/churn/churn.joblib');
const CUSTOMERS = resolve('examples/churn/customers.csv');
const HOUSES = resolve('examples/house-price/house-price.pkl');
const SALES = resolve('examples/house-price/sales.csv');
const folder = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(folder, { recursive: true }));

let terminal: RecordingTerminal;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function runImport(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  const where = ['--name', 'm', '--version', '1', '--force', '--artifacts-dir', folder];
  return inferserve(['import', ...args, ...where], terminal);
}

const imported = (): Artifact =>
  parseArtifact(readFileSync(join(folder, 'm', '1', 'model.json'), 'utf8'));

const HEADER = 'sepal_length,sepal_width,petal_length,petal_width,species\n';
let started: ServerStart;

async function serveCode(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  const start = async (given: ServerStart): Promise<string> => {
    started = given;
    return 'http://127.0.0.1:8000';
  };
  return inferserve(['serve', ...args], terminal, [createServeCommand(terminal, start)]);
}

/** The artifact that the server starts with. */
async function serve(...args: readonly string[]): Promise<Artifact> {
  expect(await serveCode(...args)).toBe(0);
  const store = started.store!;
  const [name] = await store.list();
  return parseArtifact(await store.read(await store.resolve(name!)));
}

// Figures with many digits are what scikit-learn 1.2.1 says of the model's own answers to the rows of the example:
// confusion_matrix, accuracy_score, log_loss; r2_score, mean_squared_error(squared=False), mean_absolute_error.
// The Brier score is ((model.predict_proba(X) - one_hot(y)) ** 2).sum(axis=1).mean().
describe('--check', () => {
  it('keeps the figures of a classifier as scikit-learn computes them', async () => {
    expect(await runImport(CHURN, '--check', CUSTOMERS)).toBe(0);
    expect(imported().metrics).toEqual({
      check: {
        file: 'customers.csv',
        n: 200,
        accuracy: 0.73,
        logLoss: expect.closeTo(0.5414058932186292, 12),
        brier: expect.closeTo(0.364940039249053, 12),
        confusionMatrix: [
          [74, 22],
          [32, 72],
        ],
      },
    });
  });

  it('keeps the figures of a regressor, and true values with answers but nothing of the rows', async () => {
    expect(await runImport(HOUSES, '--check', SALES)).toBe(0);
    const { pairs, ...figures } = imported().metrics!['check']!;
    expect(figures).toEqual({
      file: 'sales.csv',
      n: 150,
      r2: expect.closeTo(0.9734306649175231, 12),
      rmse: expect.closeTo(21521.158254630638, 7),
      mae: expect.closeTo(17070.401096453996, 7),
    });
    expect(pairs).toHaveLength(150);
    // The least and the greatest price in the table, with model.predict of these rows.
    expect(pairs![0]).toEqual([84800, expect.closeTo(83894.62940846031, 7)]);
    expect(pairs![149]).toEqual([881500, expect.closeTo(856759.3497560291, 7)]);
    expect(() => compileArtifact(imported())).not.toThrow();
  });

  it('writes the same artifact again, and none of the pairs among its findings', async () => {
    await runImport(HOUSES, '--check', SALES);
    const first = formatArtifact(imported());
    await runImport(HOUSES, '--check', SALES, '--json');
    expect(formatArtifact(imported())).toBe(first);
    expect(Object.keys(JSON.parse(terminal.out).check)).toEqual(['n', 'r2', 'mae', 'rmse']);
  });

  it('leaves out the matrix of more than 100 classes, and does not print it', async () => {
    const classes = Array.from({ length: 101 }, (_, k) => k);
    const model = { ...named(multiplier(1), 'm', '1'), task: 'classification', classes } as const;
    const many = {
      ...model,
      predictor: { type: 'linear', coefficients: classes.map((k) => [k]), intercepts: classes },
      output: { type: 'softmax' },
      verification: { tolerance: 1e-12, cases: [{ input: [2], label: 100 }] },
    } as unknown as Artifact;
    const path = file('many.json', formatArtifact(named(many, 'm', '1')));
    const rows = file('rows.csv', 'x,y\n1,100\n1,3\n');
    const served = await serve(path, '--check', rows);
    expect(served.metrics!['check']).toEqual({
      file: 'rows.csv',
      n: 2,
      accuracy: 0.5,
      logLoss: expect.any(Number),
      brier: expect.any(Number),
    });
    expect(terminal.err).toContain('Checked on 2 rows: 1 right');
    expect(terminal.err).not.toContain('predicted');
  });

  it('is an option of serve as well, and adds to the figures that an artifact has', async () => {
    const rows = file('flowers.csv', `${HEADER}5.1,3.5,1.4,0.2,setosa\n6.7,3,5.2,2.3,setosa\n`);
    const served = await serve('iris', '--check', rows);
    expect(Object.keys(served.metrics!)).toEqual(['train', 'test', 'crossValidation', 'check']);
    expect(served.metrics!['check']).toMatchObject({ file: 'flowers.csv', n: 2, accuracy: 0.5 });
    expect(terminal.err).toContain('Checked on 2 rows: 1 right, accuracy 50.0 %');
    expect(await serveCode(CHURN, HOUSES, '--check', rows)).toBe(2);
    expect(terminal.err).toContain('--check is for one file.');
    expect(await serveCode(CHURN, '--label', 'churned')).toBe(2);
    expect(terminal.err).toContain('--label needs --check');
  });

  it.each([
    ['x,y\n1,1\n1e308,2\n', 'line 3: The model has no finite answer for this row'],
    ['x,y\n1,1\n1,1e200\n', 'their squares overflow. Check column "y", and its unit.'],
  ])('names what cannot be measured in %j', async (text, problem) => {
    const path = file('times.json', formatArtifact(multiplier(10)));
    expect(await serveCode(path, '--check', file('large.csv', text))).toBe(1);
    expect(terminal.err).toContain('large.csv: ');
    expect(terminal.err).toContain(problem);
  });
});
