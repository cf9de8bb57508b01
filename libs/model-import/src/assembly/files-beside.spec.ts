import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledModel } from '@inferserve/model';
import { ModelImportError } from '../files/bytes/model-import.error';
import { importModel, type ImportOptions } from './import-model';
import type { NamedBytes } from './named-bytes';
import { readClassNames } from './read-class-names';
import { readNames } from './read-names';

const FOLDER = join(__dirname, '../../../../test/reference/beside');

interface Case {
  readonly id: string;
  readonly model: string;
  readonly before: readonly string[];
  readonly features?: readonly string[];
  readonly targetEncoder?: string;
  readonly rows: readonly {
    readonly input: Readonly<Record<string, unknown>>;
    readonly predict: string | number | boolean;
    readonly predict_proba: readonly number[];
  }[];
}

const { cases } = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as {
  cases: readonly Case[];
};

function file(name: string): NamedBytes {
  return { name, bytes: readFileSync(join(FOLDER, name)) };
}

function text(name: string, content: string): NamedBytes {
  return { name, bytes: Buffer.from(content) };
}

function imported(options: Partial<ImportOptions> & Pick<ImportOptions, 'file'>) {
  return importModel({ name: 'm', version: '1', importer: 'test', ...options }).artifact;
}

describe('files beside a model', () => {
  test.each(cases.map((known) => [known.id, known] as const))('%s as scikit-learn', (_, known) => {
    const artifact = imported({
      file: file(known.model),
      before: known.before.map(file),
      features: known.features,
      targetEncoder: known.targetEncoder === undefined ? undefined : file(known.targetEncoder),
    });
    const model = new CompiledModel(artifact);
    expect(new Set(model.columnNames)).toEqual(new Set(Object.keys(known.rows[0]!.input)));
    for (const { input, predict, predict_proba: expected } of known.rows) {
      expect(model.faults(input)).toEqual([]);
      model.read(input);
      model.run();
      expect(model.classes[model.classIndex()]).toBe(predict);
      const probabilities = model.probabilities()!;
      for (const [k, p] of expected.entries()) expect(probabilities[k]).toBeCloseTo(p, 12);
    }
  });

  test('every file that made the artifact is in its provenance', () => {
    const { provenance } = imported({
      file: file('model-of-four.joblib'),
      before: [file('scaler-of-two.joblib')],
      targetEncoder: file('target-encoder.joblib'),
    });
    expect(provenance.sourceFiles!.map(({ name }) => name)).toEqual([
      'model-of-four.joblib',
      'scaler-of-two.joblib',
      'target-encoder.joblib',
    ]);
  });

  test('a scaler of other columns than the model takes is refused', () => {
    expect(() =>
      imported({
        file: file('model-of-preprocessed.pkl'),
        before: [file('scaler-of-numbers.pkl')],
      }),
    ).toThrow(/gives 4 features, but LogisticRegression takes 9/);
  });

  test('a column that an encoder knows no other values for lists them', () => {
    const model = new CompiledModel(
      imported({ file: file('model-of-codes.joblib'), before: [file('label-encoders.pkl')] }),
    );
    const [fault] = model.faults({ ...cases.at(-1)!.rows[0]!.input, embarked: 'X' });
    expect(fault).toEqual({
      column: 'embarked',
      type: 'unknown_category',
      message: 'Input should be one of "C", "Q", "S"',
    });
  });
});

describe(readNames, () => {
  const names = ['age', 'sibsp', 'fare', 'parch'];

  test.each([
    'names.txt',
    'names.csv',
    'names.json',
    'names.pkl',
    'names-array.pkl',
    'names-index.pkl',
    'names-dict.joblib',
  ])('%s', (name) => {
    expect(readNames(file(name))).toEqual(names);
  });

  test('quotes, blanks, a byte order mark and an object around a JSON list', () => {
    expect(readNames(text('a', '\uFEFF"a" , b c\n'))).toEqual(['a', 'b c']);
    expect(readNames(text('b', '{"version": 1, "columns": ["a", "b"]}'))).toEqual(['a', 'b']);
    expect(readNames(text('c', 'a\r\n\r\nb, c\r\n'))).toEqual(['a', 'b, c']);
  });

  test.each([
    ['', 'holds no names'],
    ['[1, 2]', 'holds no list of text'],
    ['{"a": ["x"], "b": ["y"]}', 'holds 2 lists of text'],
    ['[', 'is not JSON'],
  ])('refuses %p', (content, problem) => {
    expect(() => readNames(text('names', content))).toThrow(problem);
  });

  test('refuses a model', () => {
    expect(() => readNames(file('model-of-four.joblib'))).toThrow(ModelImportError);
  });
});

describe(readClassNames, () => {
  test('of a LabelEncoder and of a dictionary', () => {
    expect(readClassNames(file('target-encoder.joblib'))).toEqual(['died', 'survived']);
    expect(readClassNames(file('class-names.pkl'))).toEqual(['died', 'survived']);
  });

  test('refuses a file without them, and names that do not fit the model', () => {
    expect(() => readClassNames(file('scaler-of-two.joblib'))).toThrow(/holds no label encoder/);
    expect(() =>
      imported({
        file: file('model-of-preprocessed.pkl'),
        before: [file('preprocessor.pkl')],
        targetEncoder: file('target-encoder.joblib'),
      }),
    ).toThrow(/target-encoder.joblib: names 2 classes, but the model has high, low, mid/);
  });
});
