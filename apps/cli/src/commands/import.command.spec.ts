import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileArtifact, parseArtifact } from '@inferserve/model';
import type { Command } from '../command';
import { exportSnippetCommand } from './export-snippet.command';
import { importCommand } from './import.command';
import { inspectCommand } from './inspect.command';
import { verifyCommand } from './verify.command';

const REFERENCE = join(__dirname, '../../../../test/reference');
const BARE = join(REFERENCE, 'models/iris-model-only.sk121.p4.pkl');
const SCALER = join(REFERENCE, 'models/iris-scaler-only.sk121.joblib.pkl');
const PIPELINE = join(REFERENCE, 'models/iris-dataframe.sk191.joblib');
const FEATURES = ['--features', 'sl,sw,pl,pw'];

let directory: string;
let printed: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'import-command-'));
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

const run = async (command: Command, ...args: readonly string[]) => command.run(args);
const runImport = (...args: readonly string[]) =>
  run(importCommand, ...args, '--name', 'iris', '--artifacts-dir', directory);
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

describe('importCommand', () => {
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
    expect(printed).toMatch(/steps\s+StandardScaler\s+4 features\s+"standardscaler"\n/);
    expect(printed).toContain('features       4: sepal length (cm), sepal width (cm)');
    expect(printed).toContain(`written  ${model('1')}\n`);
    expect(printed).toContain('MODEL_NAME=iris npm start');
  });

  it('counts versions up and writes the same bytes again', async () => {
    await runImport(PIPELINE);
    await runImport(PIPELINE);
    const first = readFileSync(model('1'), 'utf8');
    expect(read('2').model).toEqual(read('1').model);
    await runImport(PIPELINE, '--version', '1');
    expect(readFileSync(model('1'), 'utf8')).toBe(first);
    expect(printed).toContain(`unchanged  ${model('1')}`);
  });

  it('replaces another model only with --force', async () => {
    await runImport(PIPELINE, '--version', '1');
    const other = [BARE, '--scaler', SCALER, ...FEATURES, '--version', '1'];
    await expect(runImport(...other)).rejects.toThrow(/is another model.*--force/);
    expect(await runImport(...other, '--force')).toBe(0);
    expect(read('1').classes).toEqual([0, 1, 2]);
  });

  it('refuses a bare classifier and says what happens otherwise', async () => {
    await expect(runImport(BARE, ...FEATURES)).rejects.toThrow(
      /bare LogisticRegression.*50 of the 150.*--scaler FILE.*--no-scaler/,
    );
  });

  it('shows that a classifier without its scaler is right on 50 of 150 flowers', async () => {
    const args = [BARE, '--no-scaler', ...FEATURES, '--check', irisCsv()];
    expect(await runImport(...args, '--dry-run')).toBe(0);
    expect(printed).toContain('Checked on 150 rows: 50 right, accuracy 33.3 %');
    expect(printed).toContain('Is its scaler missing?');
    expect(printed).toContain('nothing written');
    await expect(runImport(...args, '--min-accuracy', '0.9')).rejects.toThrow(
      /accuracy 0\.3333 .* below --min-accuracy 0\.9: nothing was written/,
    );
    expect(() => read('1')).toThrow('ENOENT');
  });

  it('takes the scaler that was saved beside it, and names for the classes', async () => {
    const names = ['--classes', 'setosa,versicolor,virginica'];
    await runImport(BARE, '--scaler', SCALER, ...FEATURES, ...names);
    const classifier = compileArtifact(read('1'));
    expect(classifier.classes[classifier.classify([5.1, 3.5, 1.4, 0.2])]).toBe('setosa');
    await runImport(
      BARE,
      '--scaler',
      SCALER,
      ...FEATURES,
      '--check',
      irisCsv(),
      '--min-accuracy=0.9',
    );
    expect(printed).toContain('146 right, accuracy 97.3 %');
  });

  it('prints JSON', async () => {
    await runImport(BARE, '--no-scaler', ...FEATURES, '--check', irisCsv(), '--json', '--dry-run');
    expect(JSON.parse(printed)).toMatchObject({
      name: 'iris',
      version: '1',
      path: null,
      features: ['sl', 'sw', 'pl', 'pw'],
      classes: [0, 1, 2],
      probability: 'softmax',
      warnings: [expect.stringContaining('--no-scaler')],
      check: { n: 150, accuracy: 1 / 3 },
    });
  });

  it.each([
    [['missing.pkl'], /cannot read missing\.pkl \(ENOENT/],
    [[join(REFERENCE, 'refuse/os-system.pkl')], /os-system\.pkl: names "posix\.system".*\(at byte/],
    [[BARE, '--no-scaler'], /does not name its 4 features.*--features a,b,c,d/],
    [[BARE, '--no-scaler', '--features', 'a,b'], /needs 4 different feature names, not 2/],
    [[PIPELINE, '--features', 'a,b,c,d'], /was fitted on features named sepal length/],
    [[PIPELINE, '--scaler', SCALER], /would scale twice/],
    [[BARE, '--scaler', BARE, ...FEATURES], /holds no scaler, but LogisticRegression/],
    [[PIPELINE, '--check', SCALER], /scaler-only\.sk121\.joblib\.pkl: /],
  ])('refuses %j', async (args, reason) => {
    await expect(runImport(...args)).rejects.toThrow(
      expect.objectContaining({ name: 'CommandError', message: expect.stringMatching(reason) }),
    );
  });
});

describe('inspectCommand', () => {
  it.each([
    ['models/iris-dict-bundle.sk121.joblib', /LogisticRegression {2}model {2}at "model"/],
    [
      'onnx/iris-zipmap.f32.sk191.onnx',
      /operators\s+Scaler, LinearClassifier, Cast, Normalizer, ZipMap/,
    ],
    ['skops/iris.skops', /format\s+skops/],
    ['refuse/os-system.pkl', /foreign\s+posix\.system\nimport\s+refused/],
    ['refuse/randomforest.joblib', /import\s+refused: RandomForestClassifier/],
  ])('describes %s', async (file, expected) => {
    expect(await run(inspectCommand, join(REFERENCE, file))).toBe(0);
    expect(printed).toMatch(expected);
  });

  it('describes an artifact, and prints JSON', async () => {
    await runImport(PIPELINE);
    printed = '';
    await run(inspectCommand, model('1'), '--json');
    expect(JSON.parse(printed)).toMatchObject({
      format: 'json',
      model: { featureCount: 4, classes: ['setosa', 'versicolor', 'virginica'] },
      refusal: expect.stringContaining('is an artifact already'),
    });
  });

  it('refuses what cannot be read at all', async () => {
    await expect(run(inspectCommand, join(REFERENCE, 'refuse/truncated.joblib'))).rejects.toThrow(
      /truncated\.joblib: ends where/,
    );
  });
});

describe('verifyCommand', () => {
  it('replays an artifact, given as a file or as its directory', async () => {
    await runImport(PIPELINE);
    expect(await run(verifyCommand, model('1'))).toBe(0);
    expect(printed).toMatch(/verdict {2}sound/);
    printed = '';
    await run(verifyCommand, join(directory, 'iris/1'), '--json');
    expect(JSON.parse(printed)).toMatchObject({ name: 'iris', version: '1', cases: 8 });
  });

  it('refuses one that was changed', async () => {
    await runImport(PIPELINE);
    writeFileSync(
      model('1'),
      readFileSync(model('1'), 'utf8').replace('"softmax"', '"ovr-normalized"'),
    );
    await expect(run(verifyCommand, model('1'))).rejects.toThrow(/contentHash.*was changed/);
  });
});

describe('exportSnippetCommand', () => {
  it('prints Python of about ten lines whose document can be imported', async () => {
    await run(exportSnippetCommand);
    expect(printed.split('\n').length).toBeLessThanOrEqual(14);
    const document = join(directory, 'model.json');
    writeFileSync(
      document,
      // As Python prints numbers: 1.0 and 1e-05.
      `{"format": "linear-classifier-export", "sklearnVersion": "1.9.1", "features": ["a", "b"],
        "preprocessing": [{"type": "standardize", "center": [1.0, 2.0], "scale": [1.0, 1e-05]}],
        "classes": [0, 1], "coefficients": [[1.0, 0.0]], "intercepts": [0.0], "probability": "sigmoid",
        "cases": [{"input": [1.0, 2.0], "label": 0, "probabilities": [0.5, 0.5]}]}`,
    );
    for (const member of /"(\w+)":/g[Symbol.matchAll](printed)) {
      expect(readFileSync(document, 'utf8')).toContain(`"${member[1]}":`);
    }
    expect(await runImport(document, '--classes', 'no,yes')).toBe(0);
    expect(read('1').verification.cases).toEqual([
      { input: [1, 2], label: 'no', probabilities: [0.5, 0.5] },
    ]);
  });

  it('is believed only where its cases can be computed again', async () => {
    const document = join(directory, 'model.json');
    writeFileSync(
      document,
      JSON.stringify({
        format: 'linear-classifier-export',
        features: ['a'],
        preprocessing: [],
        classes: [0, 1],
        coefficients: [[1]],
        intercepts: [0],
        probability: 'softmax-pm',
        cases: [{ input: [1], label: 1, probabilities: [0.2689414213699951, 0.7310585786300049] }],
      }),
    );
    await expect(runImport(document)).rejects.toThrow(/verification\.cases\[0\].*differ by/);
  });
});
