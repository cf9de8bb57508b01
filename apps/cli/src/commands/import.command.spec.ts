import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileArtifact, parseArtifact } from '@inferserve/model';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';

const REFERENCE = join(__dirname, '../../../../test/reference');
const BARE = join(REFERENCE, 'models/iris-model-only.sk121.p4.pkl');
const SCALER = join(REFERENCE, 'models/iris-scaler-only.sk121.joblib.pkl');
const PIPELINE = join(REFERENCE, 'models/iris-dataframe.sk191.joblib');
const FEATURES = ['--features', 'sl,sw,pl,pw'];

let directory: string;
let terminal: RecordingTerminal;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'import-command-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function run(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  return inferserve(['import', ...args], terminal);
}
const runImport = (...args: readonly string[]) =>
  run(...args, '--name', 'iris', '--artifacts-dir', directory);
const model = (version: string) => join(directory, 'iris', version, 'model.json');
const read = (version: string) => parseArtifact(readFileSync(model(version), 'utf8'));

/** All 150 flowers, with the number of their class. */
function irisCsv(): string {
  const { X, y } = JSON.parse(readFileSync(join(REFERENCE, 'iris-split.json'), 'utf8')) as {
    X: readonly (readonly number[])[];
    y: readonly number[];
  };
  const path = join(directory, 'iris.csv');
  const rows = X.map((row, i) => `${row.join(',')},${y[i]}\n`);
  writeFileSync(path, `sl,sw,pl,pw,species\n${rows.join('')}`);
  return path;
}

describe('inferserve import', () => {
  it('writes an artifact that can be served and says what it found', async () => {
    expect(await runImport(PIPELINE)).toBe(0);
    const artifact = read('1');
    expect(() => compileArtifact(artifact)).not.toThrow();
    expect(artifact.provenance).toMatchObject({
      source: 'imported',
      sourceFormat: 'joblib (protocol 4)',
      sourceFiles: [{ name: 'iris-dataframe.sk191.joblib', bytes: 2001 }],
      sklearnVersion: '1.9.1',
      importer: expect.stringMatching(/^inferserve \d/),
      warnings: [],
    });
    expect(terminal.out).toMatch(/steps\s+StandardScaler\s+4 features\s+"standardscaler"\n/);
    expect(terminal.out).toMatch(/columns\s+4: sepal length \(cm\), sepal width \(cm\)/);
    expect(terminal.out).toContain(`written  ${model('1')}\n`);
    expect(terminal.out).toContain(
      `Version 1 is now the newest. Serve it: ARTIFACTS_DIR=${directory} MODEL_NAME=iris npm start\n`,
    );
  });

  it('counts versions up and writes the same bytes again', async () => {
    await runImport(PIPELINE);
    await runImport(PIPELINE);
    const first = readFileSync(model('1'), 'utf8');
    expect(read('2').predictor).toEqual(read('1').predictor);
    await runImport(PIPELINE, '--version', '1');
    expect(readFileSync(model('1'), 'utf8')).toBe(first);
    expect(terminal.out).toContain(`unchanged  ${model('1')}`);
  });

  it('makes the newest version where none is named, also after 2.0', async () => {
    await runImport(PIPELINE, '--version', '2.0');
    expect(await runImport(PIPELINE)).toBe(0);
    expect(readdirSync(join(directory, 'iris')).sort()).toEqual(['2.0', '3']);
    expect(terminal.out).toContain('Version 3 is now the newest.');
  });

  it('says which version is served instead of the one it wrote', async () => {
    await runImport(PIPELINE, '--version', '2.0');
    await runImport(PIPELINE, '--version', '1.9');
    const settings = `ARTIFACTS_DIR=${directory} MODEL_NAME=iris`;
    expect(terminal.out).toContain(
      `Version 1.9 is not the newest; ${settings} npm start serves version 2.0.\n` +
        `Serve version 1.9: ${settings} MODEL_VERSION=1.9 npm start\n`,
    );
    await runImport(PIPELINE, '--version', '3.0.0-rc.1');
    expect(terminal.out).toContain(
      'Version 3.0.0-rc.1 is a pre-release, which is served only by name; ',
    );
    await runImport(PIPELINE, '--version', '1.9', '--json');
    expect(JSON.parse(terminal.out)).toMatchObject({ version: '1.9', newestVersion: '2.0' });
  });

  it('replaces a different model only with --force', async () => {
    await runImport(PIPELINE, '--version', '1');
    const other = [BARE, '--scaler', SCALER, ...FEATURES, '--version', '1'];
    expect(await runImport(...other)).toBe(1);
    expect(terminal.err).toBe(
      `inferserve: ${model('1')}: already exists and is another model. Choose another version, or replace it with --force.\n`,
    );
    expect(await runImport(...other, '--force')).toBe(0);
    expect(read('1')).toMatchObject({ classes: [0, 1, 2] });
  });

  it('rejects a bare classifier and says what happens otherwise', async () => {
    expect(await runImport(BARE, ...FEATURES)).toBe(1);
    expect(terminal.err).toMatch(/bare LogisticRegression.*--scaler FILE.*--no-scaler/);
  });

  it('shows that a classifier without its scaler is right on 50 of 150 flowers', async () => {
    const args = [BARE, '--no-scaler', ...FEATURES, '--check', irisCsv()];
    expect(await runImport(...args, '--dry-run')).toBe(0);
    expect(terminal.out).toContain('Checked on 150 rows: 50 right, accuracy 33.3 %');
    expect(terminal.out).toContain('Is its scaler missing?');
    expect(terminal.out).toMatch(/\nnothing written\n$/);
    expect(await runImport(...args, '--min-accuracy', '0.9')).toBe(1);
    expect(terminal.err).toMatch(
      /accuracy 0\.3333 .* below --min-accuracy 0\.9: nothing was written/,
    );
    expect(() => read('1')).toThrow('ENOENT');
  });

  it('takes the scaler that was saved beside it, and names for the classes', async () => {
    const names = ['--classes', 'setosa,versicolor,virginica'];
    await runImport(BARE, '--scaler', SCALER, ...FEATURES, ...names);
    const answer = compileArtifact(read('1')).score([5.1, 3.5, 1.4, 0.2]);
    expect(answer).toMatchObject({ label: 'setosa' });
    const check = ['--check', irisCsv(), '--label', 'species', '--min-accuracy=0.9'];
    expect(await runImport(BARE, '--scaler', SCALER, ...FEATURES, ...check)).toBe(0);
    expect(terminal.out).toContain('146 right, accuracy 97.3 %');
  });

  it('names the columns of a file that names none, and renames those of one that does', async () => {
    expect(await runImport(BARE, '--no-scaler')).toBe(0);
    expect(terminal.out).toMatch(/columns\s+4: x0, x1, x2, x3\n/);
    expect(terminal.out).toMatch(/warnings\s.*x0/s);
    expect(await runImport(PIPELINE, '--features', 'a,b,c,d')).toBe(0);
    expect(terminal.out).toMatch(/columns\s+4: a, b, c, d\n/);
  });

  it('names columns x0, x1, … where nobody does, with a warning', async () => {
    expect(await runImport(BARE, '--scaler', SCALER)).toBe(0);
    expect(read('1').columns.map(({ name }) => name)).toEqual(['x0', 'x1', 'x2', 'x3']);
    expect(terminal.out).toContain('requests use x0 to x3, in the order of the training columns');
  });

  it('prints JSON', async () => {
    await runImport(BARE, '--no-scaler', ...FEATURES, '--check', irisCsv(), '--json', '--dry-run');
    expect(JSON.parse(terminal.out)).toMatchObject({
      name: 'iris',
      version: '1',
      path: null,
      newestVersion: null,
      columns: ['sl', 'sw', 'pl', 'pw'],
      classes: [0, 1, 2],
      output: 'softmax',
      warnings: [expect.stringContaining('--no-scaler')],
      check: { n: 150, accuracy: 1 / 3 },
    });
  });

  it('takes names with commas and spaces in quotes', async () => {
    await runImport(BARE, '--no-scaler', '--features', 'x, y ,"length, cm"," z "', '--json');
    expect(JSON.parse(terminal.out)).toMatchObject({ columns: ['x', 'y', 'length, cm', ' z '] });
  });

  it.each([
    [['missing.pkl'], /cannot read missing\.pkl \(ENOENT.*Check the path/],
    [
      [join(REFERENCE, 'refuse/os-system.pkl')],
      /os-system\.pkl \(.*\): names "posix\.system".*\(at byte/,
    ],
    [[BARE, '--no-scaler', '--features', 'a,b,c'], /needs 4 different feature names, not 3/],
    [[PIPELINE, '--scaler', SCALER], /would scale twice/],
    [[BARE, '--scaler', BARE, ...FEATURES], /holds no scaler, but LogisticRegression/],
    [[PIPELINE, '--check', SCALER], /scaler-only\.sk121\.joblib\.pkl: is not UTF-8 text/],
  ])('rejects %j with exit code 1', async (args, reason) => {
    expect(await runImport(...args)).toBe(1);
    expect(terminal.err).toMatch(/^inferserve: .+\n$/s);
    expect(terminal.err).toMatch(reason);
    expect(terminal.out).toBe('');
  });

  it.each([
    [['m'], "required option '--name <name>' not specified"],
    [['m', '--name', '../x'], 'not a model name'],
    [['m', '--name', 'Churn'], 'not a model name. Use up to 64 lowercase letters'],
    [['--name', 'a'], "missing required argument 'file'"],
    [['m', 'n', '--name', 'a'], 'too many arguments'],
    [['m', '--name=a', '--version', '../1'], 'not a version. Use a whole number'],
    [['m', '--name=a', '--version', '2.bak'], 'not a version'],
    [['m', '--name=a', '--scaler=s', '--no-scaler'], 'exclude each other'],
    [['m', '--name=a', '--no-scaler', '--scaler=s'], 'exclude each other'],
    [['m', '--name=a', '--features', 'x,,y'], 'empty name'],
    [['m', '--name=a', '--features', ''], 'empty name'],
    [['m', '--name=a', '--features', 'x,"y'], 'Put a name with a comma in double quotes'],
    [['m', '--name=a', '--min-accuracy', '0.9'], 'needs --check'],
    [['m', '--name=a', '--label', 'y'], 'needs --check'],
    [['m', '--name=a', '--check=c', '--min-accuracy', '90'], 'a number from 0 to 1'],
    [['m', '--name=a', '--nam=b'], 'Did you mean --name?'],
    [['m', '--name=a', '--artifacts-dir', ''], 'Name a directory'],
  ])('ends with 2 for %j', async (args, reason) => {
    expect(await run(...args)).toBe(2);
    expect(terminal.err).toMatch(/^inferserve: .+\n$/);
    expect(terminal.err).toContain(reason);
    expect(terminal.out).toBe('');
  });

  describe('with files beside the model', () => {
    const beside = (name: string) => join(REFERENCE, 'beside', name);
    const MODEL = beside('model-without-names.pkl');

    it('takes scaler, names of the features and of the classes from files', async () => {
      const files = ['--before', beside('scaler-of-two.joblib'), '--features', beside('names.txt')];
      const encoder = ['--target-encoder', beside('target-encoder.joblib')];
      expect(await runImport(MODEL, ...files, ...encoder)).toBe(0);
      const artifact = read('1');
      expect(artifact.columns.map(({ name }) => name)).toEqual(['age', 'sibsp', 'fare', 'parch']);
      expect(artifact).toMatchObject({ classes: ['died', 'survived'] });
      expect(artifact.provenance.sourceFiles).toHaveLength(3);
    });

    it('takes several files in order', async () => {
      const files = ['--before', beside('scaler-of-numbers.pkl'), beside('one-hot.pkl')];
      expect(await runImport(beside('model-of-both.joblib'), ...files)).toBe(0);
      expect(read('1').columns).toContainEqual({
        type: 'category',
        name: 'sex',
        values: ['female', 'male'],
        unknown: 'accept',
        nullable: true,
      });
    });

    it.each([
      [['--features', 'missing.json'], 1, /cannot read missing\.json/],
      [['--features', beside('one-hot.pkl')], 1, /one-hot\.pkl: holds no list of names/],
      [['--before', 'a.pkl', '--no-scaler'], 2, /Leave --scaler and --no-scaler out/],
      [['--classes', 'a,b', '--target-encoder', 'a.pkl'], 2, /exclude each other/],
      [['--no-scaler', '--target-encoder', beside('names.pkl')], 1, /holds no label encoder/],
    ])('rejects %p', async (args, code, message) => {
      expect(await runImport(MODEL, ...args)).toBe(code);
      expect(terminal.err).toMatch(message);
    });
  });
});
