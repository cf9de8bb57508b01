import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importModel, type ImportOptions } from '@inferserve/model-import';
import { ReferenceServer } from './support/reference-server';

type Row = Readonly<Record<string, unknown>>;

interface Case {
  readonly file: string;
  readonly before?: string;
  readonly unused: readonly string[];
  readonly predict: readonly (string | number)[];
  readonly proba: readonly (readonly number[])[];
}

const FOLDER = join(__dirname, 'reference', 'table');
const { table, cases } = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as {
  readonly table: readonly Row[];
  readonly cases: readonly Case[];
};
const server = new ReferenceServer({ PROTOCOLS: 'native,v2,v1,mlflow' });

const named = (file: string) => ({ name: file, bytes: readFileSync(join(FOLDER, file)) });

function imported(file: string, options: Partial<ImportOptions> = {}) {
  const about = { name: 'reference', version: '1', importer: 'test' };
  return importModel({ file: named(file), ...about, ...options }).artifact;
}

function columnsOf(names: readonly string[]): readonly object[] {
  const datatypes: Readonly<Record<string, string>> = {
    string: 'BYTES',
    number: 'FP64',
    boolean: 'BOOL',
  };
  return names.map((name) => {
    const data = table.map((row) => row[name]);
    return { name, shape: [data.length], datatype: datatypes[typeof data[0]], data };
  });
}

describe('rows of the table that a model was fitted on, with columns that it does not use', () => {
  const known = cases.filter(({ unused }) => unused.length > 0);
  const csv = [
    Object.keys(table[0]!).join(),
    ...table.map((row) =>
      Object.values(row)
        .map((value) => `"${String(value).replaceAll('"', '""')}"`)
        .join(),
    ),
  ].join('\n');
  const split = { columns: Object.keys(table[0]!), data: table.map((row) => Object.values(row)) };

  describe.each(known)('$file', ({ file, unused, predict, proba }) => {
    beforeEach(() => server.start({}, { artifact: imported(file) }));

    test('has the answers of scikit-learn, one by one and as a batch', async () => {
      for (const [i, row] of table.entries()) {
        const { body } = await server.post('/predict?include=probabilities', row);
        expect(body.predicted_class).toBe(predict[i]);
        for (const [k, p] of Object.values(body.probabilities as object).entries())
          expect(p).toBeCloseTo(proba[i]![k]!, 10);
      }
      const { body } = await server.post('/predict/batch', { instances: table });
      expect(body.predictions).toEqual(predict.map((label) => ({ predicted_class: label })));
    });

    test.each<[string, string, object | string, string?]>([
      ['KServe v1', '/v1/models/reference:predict', { instances: table }],
      ['MLflow, by row', '/invocations', { dataframe_records: table }],
      ['MLflow, split', '/invocations', { dataframe_split: split }],
      ['MLflow, CSV', '/invocations', csv, 'text/csv'],
    ])('%s', async (_, path, body, type = 'application/json') => {
      const answer = await server.post(path, body, { 'content-type': type });
      expect(answer.body).toEqual({ predictions: predict });
    });

    test('a tensor for each column, booleans as BOOL', async () => {
      const { body } = await server.infer({ inputs: columnsOf(Object.keys(table[0]!)) });
      expect(body.outputs[0].data).toEqual(predict);
    });

    test('says which columns those are, and takes rows without them', async () => {
      const { body } = await server.api.http().get('/models/reference');
      expect(body.unused_columns).toEqual(unused);
      const row = Object.fromEntries(
        Object.entries(table[0]!).filter(([name]) => !unused.includes(name)),
      );
      expect((await server.post('/predict', row)).body).toEqual({ predicted_class: predict[0] });
      const { schemas } = (await server.api.http().get('/docs-json')).body.components;
      const [field] = unused;
      expect(schemas.PredictRequest.properties[field!].description).toMatch(/Not used/);
      expect(schemas.PredictRequest.required).not.toContain(field);
    });

    test('still refuses a field that the table did not have, and only that', async () => {
      const { status, body } = await server.post('/predict', { ...table[0], other: 1 });
      expect([status, body.detail]).toEqual([
        422,
        [{ loc: ['body', 'other'], msg: 'Unknown field', type: 'extra_forbidden' }],
      ]);
      const rows = await server.post('/invocations', {
        dataframe_records: [{ ...table[0], other: 1 }],
      });
      expect(rows.status).toBe(400);
    });
  });
});

describe('models whose preprocessing is inside a calibration or a one-vs-rest', () => {
  test.each(cases.filter(({ unused }) => unused.length === 0))(
    '$file has the answers of its library, without a word about a scaler',
    async ({ file, before, predict, proba }) => {
      const artifact = imported(file, before === undefined ? {} : { before: [named(before)] });
      await server.start({}, { artifact });
      const names = artifact.columns.map(({ name }) => name);
      const instances = table.map((row) => Object.fromEntries(names.map((n) => [n, row[n]])));
      const { body } = await server.post('/predict/batch?include=probabilities', { instances });
      for (const [i, answer] of body.predictions.entries()) {
        expect(answer.predicted_class).toBe(predict[i]);
        for (const [k, p] of Object.values(answer.probabilities as object).entries())
          expect(Math.abs((p as number) - proba[i]![k]!)).toBeLessThan(
            file.includes('xgb') ? 1e-6 : 1e-12,
          );
      }
    },
  );

  test('a calibration of a bare kernel still asks for its scaler', () => {
    expect(() => imported('calibrated-bare.sk121.joblib')).toThrow(
      'holds a bare CalibratedClassifierCV, without the preprocessing',
    );
  });

  test('a scaler beside a calibration that scales inside is refused: it would scale twice', () => {
    expect(() =>
      imported('calibrated-pipeline.sk121.joblib', { scaler: named('street-codes.sk121.joblib') }),
    ).toThrow('--scaler would scale twice');
  });
});

describe('what an import says of codes', () => {
  const warningsOf = (...args: Parameters<typeof imported>) =>
    imported(...args).provenance.warnings ?? [];

  test('those of a label encoder in the same file: what each stands for, and how to send the names', () => {
    const warnings = warningsOf('bundle-of-codes.sk121.joblib');
    expect(warnings).toEqual([
      '"target" may name the classes: pass --classes "Ja,Nein" to answer with its names',
      'column "Straße" takes the codes of the LabelEncoder at "encoders.Straße" (0 for "Haupt", 1 for "Ring, West", ' +
        '2 for "ä"ö"); to send its names, save the encoders in a file of their own, {"Straße": encoder, …}, and pass ' +
        'it as --before',
    ]);
  });

  test('those of XGBoost, unless an encoder beside the model makes them of names', () => {
    const file = 'xgboost-codes.xgb174.joblib';
    expect(warningsOf(file)).toEqual([
      expect.stringMatching(
        /column Straße is a category .* or pass --before with the OrdinalEncoder/,
      ),
    ]);
    expect(warningsOf(file, { before: [named('street-codes.sk121.joblib')] })).toEqual([]);
  });

  test('an example has a code that there is', async () => {
    const artifact = imported('xgboost-codes.xgb174.joblib');
    const code = artifact.columns.findIndex(({ name }) => name === 'Straße');
    expect([0, 1]).toContain(artifact.verification.cases[0]!.input[code]);
  });
});
