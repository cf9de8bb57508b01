import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importModel, type ImportOptions, ModelImportError } from '@inferserve/model-import';
import { type Artifact, type ClassLabel, compileArtifact } from '@inferserve/model';

const REFERENCE = join(__dirname, 'reference');

interface Expected {
  readonly id: string;
  readonly nFeatures: number;
  readonly featureNames: readonly string[] | null;
  readonly files: readonly { readonly file: string }[];
  readonly rows: readonly (readonly number[])[];
  readonly predict: readonly ClassLabel[];
  readonly predictProba: readonly (readonly number[])[];
  readonly extremeRows?: readonly (readonly number[])[];
  readonly extremePredict?: readonly ClassLabel[];
  readonly extremePredictProba?: readonly (readonly (number | string)[])[];
  readonly saturation?: readonly {
    readonly row: readonly number[];
    readonly predict: ClassLabel;
  }[];
}

function json<T>(file: string): T {
  return JSON.parse(readFileSync(join(REFERENCE, file), 'utf8')) as T;
}

function named(file: string) {
  return { name: file, bytes: readFileSync(join(REFERENCE, file)) };
}

function importFile(
  file: string,
  featureCount: number,
  options: Partial<ImportOptions> = {},
): Artifact {
  const features = Array.from({ length: featureCount }, (_, j) => `x${j}`);
  return importModel({
    file: named(file),
    name: 'reference',
    version: '1',
    importer: 'inferserve test',
    features,
    ...options,
  }).artifact;
}

/** The largest difference between computed and expected probabilities; labels must be the same. */
function expectAnswers(
  artifact: Artifact,
  rows: readonly (readonly number[])[],
  labels: readonly ClassLabel[],
  probabilities: readonly (readonly (number | string)[])[],
  featureNames?: readonly string[] | null,
): number {
  const classifier = compileArtifact(artifact);
  const names = featureNames ?? rows[0]!.map((_, j) => `x${j}`);
  const answers = rows.map((row) => {
    expect(classifier.read(Object.fromEntries(row.map((value, j) => [names[j], value])))).toBe(
      true,
    );
    classifier.run();
    return { label: classifier.classes[classifier.classIndex()], p: classifier.probabilities() };
  });
  expect(answers.map(({ label }) => label)).toEqual(labels);
  let largest = 0;
  for (const [i, { p: computed = [] }] of answers.entries()) {
    for (const [k, p] of probabilities[i]!.entries()) {
      if (typeof p === 'number') largest = Math.max(largest, Math.abs(p - computed[k]!));
    }
  }
  return largest;
}

describe('scikit-learn reference files', () => {
  const { models } = json<{ models: readonly Expected[] }>('sklearn-reference.json');
  const files = models.flatMap((model) => model.files.map(({ file }) => ({ file, model })));

  it.each(files)('$file answers as scikit-learn does', ({ file, model }) => {
    const bare = model.id.includes('model-only');
    const artifact = importFile(file, model.nFeatures, {
      ...(bare && { scaler: 'none' as const }),
      ...(model.featureNames && { features: undefined }),
    });
    const difference = expectAnswers(
      artifact,
      model.rows,
      model.predict,
      model.predictProba,
      model.featureNames,
    );
    expect(difference).toBeLessThanOrEqual(1e-12);
    if (!model.extremeRows) return;
    expectAnswers(
      artifact,
      model.extremeRows,
      model.extremePredict!,
      model.extremePredictProba!,
      model.featureNames,
    );
  });
});

interface OnnxExpected {
  readonly file: string;
  readonly nFeatures: number;
  readonly inputType: 'float32' | 'float64';
  readonly rows: readonly (readonly number[])[];
  readonly sklearnPredict: readonly ClassLabel[];
  readonly sklearnPredictProba: readonly (readonly number[])[];
  readonly onnxruntimeProba: readonly (readonly number[])[];
}

describe('ONNX reference files', () => {
  const { models } = json<{ models: readonly OnnxExpected[] }>('onnx-reference.json');

  it.each(models)('$file answers as scikit-learn does', (model) => {
    const artifact = importFile(model.file, model.nFeatures);
    const single = model.inputType === 'float32';
    const { rows, sklearnPredict, sklearnPredictProba, onnxruntimeProba } = model;
    expect(artifact.predictor).toMatchObject({ storedPrecision: model.inputType });
    expect(expectAnswers(artifact, rows, sklearnPredict, sklearnPredictProba)).toBeLessThanOrEqual(
      single ? 1e-6 : 1e-12,
    );
    expect(expectAnswers(artifact, rows, sklearnPredict, onnxruntimeProba)).toBeLessThanOrEqual(
      single ? 5e-7 : 1e-12,
    );
  });
});

describe('skops reference files', () => {
  const { models } = json<{ models: readonly Expected[] }>('skops-reference.json');

  it.each(models)('$id answers as scikit-learn does', (model) => {
    const { file } = model as unknown as { file: string };
    const artifact = importFile(file, 4);
    expect(
      expectAnswers(artifact, model.rows, model.predict, model.predictProba),
    ).toBeLessThanOrEqual(1e-12);
  });
});

describe('files to refuse', () => {
  const reasons = json<Readonly<Record<string, string>>>('refuse.json');
  const expected: Readonly<Record<string, RegExp>> = {
    'empty.pkl': /is empty/,
    'not-a-pickle.pkl': /is plain text, not a model/,
    'os-system.pkl': /"posix\.system"/,
    'truncated.joblib': /ends where .* bytes should follow \(at byte \d+\)/,
  };

  it.each(Object.entries(reasons))('%s: %s', (file) => {
    expect(() => importFile(`refuse/${file}`, 4)).toThrow(ModelImportError);
    expect(() => importFile(`refuse/${file}`, 4)).toThrow(expected[file]);
  });

  it('are all of them', () => {
    expect(Object.keys(reasons).sort()).toEqual(readdirSync(join(REFERENCE, 'refuse')).sort());
  });
});

interface ExtraModel {
  readonly file: string;
  readonly refuse?: string;
  readonly select?: string;
  readonly featureNames?: readonly string[];
  readonly rows?: readonly (readonly number[])[];
  readonly predict?: readonly ClassLabel[];
  readonly proba?: readonly (readonly number[])[] | null;
}

describe('estimators, scalers and bundles of all kinds', () => {
  const { models } = json<{ models: readonly ExtraModel[] }>('extra/expected.json');
  const accepted = models.filter(({ refuse }) => refuse === undefined);
  const refused = models.filter(({ refuse }) => refuse !== undefined);

  it.each(accepted)('$file answers as scikit-learn does', (model) => {
    const { file, select, featureNames, rows = [], predict = [], proba } = model;
    const artifact = importFile(`extra/${file}`, rows[0]!.length, {
      select,
      ...(featureNames && { features: undefined }),
    });
    if (!proba) expect(['scores-only', 'one-vs-one']).toContain(artifact.output.type);
    const labels = file.startsWith('lab-float') ? predict.map(Number) : predict;
    expect(
      expectAnswers(artifact, rows, labels, proba ?? rows.map(() => []), featureNames),
    ).toBeLessThanOrEqual(1e-12);
  });

  it.each(refused)('$file is refused: $refuse', ({ file, refuse }) => {
    const read = () => importFile(`extra/${file}`, 4, { features: undefined });
    expect(read).toThrow(ModelImportError);
    expect(read).toThrow(refuse);
  });
});
