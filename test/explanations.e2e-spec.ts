import { readFileSync } from 'node:fs';
import { importModel } from '@inferserve/model-import';
import { type Artifact, compileArtifact, float64Values, formatArtifact } from '@inferserve/model';
import { MemoryModelStore } from '@inferserve/model-store';
import { type Api, SETOSA, startApi } from './support/start-api';

const TABULAR = 'test/reference/tabular';

interface Explained {
  readonly explanation: {
    readonly score: number;
    readonly base: number;
    readonly unit: string;
    readonly contributions: Readonly<Record<string, number>>;
  };
}

function imported(file: string): Artifact {
  const bytes = readFileSync(file);
  const names = { scaler: 'none', name: 'm', version: '1', importer: 'test' } as const;
  return importModel({ file: { name: file, bytes }, ...names }).artifact;
}

let api: Api;
afterEach(() => api?.close());

async function serve(artifact: Artifact): Promise<void> {
  const store = new MemoryModelStore();
  await store.write('m', '1', formatArtifact(artifact));
  api = await startApi({ MODEL_NAME: 'm' }, undefined, store);
}

describe('the output `explanation` of the Open Inference Protocol', () => {
  const infer = (inputs: readonly object[], outputs?: readonly object[], name = 'iris') =>
    api.http().post(`/v2/models/${name}/infer`).send({ inputs, outputs });
  const tensor = (rows: readonly (readonly number[])[]): object => ({
    name: 'input-0',
    shape: [rows.length, 4],
    datatype: 'FP64',
    data: rows,
  });

  test('is each contribution and then the base, for the class that is predicted', async () => {
    api = await startApi();
    const flowers = [
      [5.1, 3.5, 1.4, 0.2],
      [6.7, 3, 5.2, 2.3],
      [5.1, 3.5, 1.7e308, -1.7e308],
    ];
    const { pipeline, predictor } = JSON.parse(
      readFileSync('artifacts/iris/1/model.json', 'utf8'),
    ) as {
      pipeline: [{ center: number[]; scale: number[] }];
      predictor: { coefficients: number[][]; intercepts: number[] };
    };
    const [{ center, scale }] = pipeline;
    const expected = flowers.map((row, i) =>
      i === 2
        ? Array<null>(5).fill(null)
        : [
            ...row.map(
              (value, j) =>
                (predictor.coefficients[i === 0 ? 0 : 2]![j]! * (value - center[j]!)) / scale[j]!,
            ),
            predictor.intercepts[i === 0 ? 0 : 2]!,
          ],
    );
    const asked = [{ name: 'explanation' }, { name: 'predict' }];
    const { status, body } = await infer([tensor(flowers)], asked);
    expect([status, body.outputs[1].data.slice(0, 2)]).toEqual([200, ['setosa', 'virginica']]);
    const { data, ...about } = body.outputs[0];
    expect(about).toEqual({ name: 'explanation', datatype: 'FP64', shape: [3, 5] });
    for (const [k, value] of expected.flat().entries()) {
      if (value === null) expect(data[k]).toBeNull();
      else expect(data[k]).toBeCloseTo(value, 9);
    }
  });

  test('comes only where it is asked for, and the metadata says what it is in', async () => {
    api = await startApi();
    const { body } = await infer([tensor([[5.1, 3.5, 1.4, 0.2]])]);
    const metadata = (await api.http().get('/v2/models/iris')).body;
    const names = (outputs: readonly { readonly name: string }[]) => outputs.map((o) => o.name);
    expect(names(body.outputs)).toEqual(['predict', 'predict_proba']);
    expect(names(metadata.outputs)).toEqual(['predict', 'predict_proba']);
    expect(metadata.properties.explanation_unit).toBe('log-odds');
  });

  test('adds up to the probability, for trees and columns of several kinds', async () => {
    const artifact = imported('examples/churn/churn.joblib');
    await serve(artifact);
    const { row } = (await api.http().get('/models/m')).body.example;
    const { inputs } = (await api.http().get('/v2/models/m')).body;
    const tensors = inputs.map(({ name, datatype }: { name: string; datatype: string }) => ({
      name,
      datatype,
      shape: [1],
      data: [row[name]],
    }));
    const asked = [{ name: 'explanation' }, { name: 'output-0' }, { name: 'predict_proba' }];
    const { body } = await infer(tensors, asked, 'm');
    const [explanation, index, probabilities] = body.outputs;
    expect(explanation.shape).toEqual([1, artifact.columns.length + 1]);
    const sum = explanation.data.reduce((total: number, part: number) => total + part);
    expect(sum).toBeCloseTo(probabilities.data[index.data[0]], 12);
  });

  test('of a model without is 400 with the reason, and no property', async () => {
    await serve(imported('test/reference/tabular/models/nb-gaussian.sk190.zlib.joblib'));
    const { inputs, properties } = (await api.http().get('/v2/models/m')).body;
    const [{ name, shape }] = inputs;
    const input = { name, datatype: 'FP64', shape: [1, shape[1]], data: Array(shape[1]).fill(0) };
    const { status, body } = await infer([input], [{ name: 'explanation' }], 'm');
    expect(status).toBe(400);
    expect(body.error).toMatch(/^outputs\[0\]\.name: Only linear models and sums of trees/);
    expect(properties).not.toHaveProperty('explanation_unit');
    const unknown = await infer([input], [{ name: 'nothing' }], 'm');
    expect(unknown.body.error).not.toContain('explanation');
  });
});

describe('?include=explanation', () => {
  test('of Iris is coefficient times the standardized value, and adds up to the score', async () => {
    api = await startApi();
    const { body } = await api.http().post('/predict?include=explanation').send(SETOSA);
    const { explanation } = body as Explained;
    const { pipeline, predictor, columns } = JSON.parse(
      readFileSync('artifacts/iris/1/model.json', 'utf8'),
    ) as {
      pipeline: [{ center: number[]; scale: number[] }];
      predictor: { coefficients: number[][]; intercepts: number[] };
      columns: { name: keyof typeof SETOSA }[];
    };
    const [{ center, scale }] = pipeline;
    const [first] = predictor.coefficients;
    const parts = columns.map(
      ({ name }, j) => (first![j]! * (SETOSA[name] - center[j]!)) / scale[j]!,
    );
    for (const [j, { name }] of columns.entries()) {
      expect(explanation.contributions[name]).toBeCloseTo(parts[j]!, 9);
    }
    expect(explanation.base).toBeCloseTo(predictor.intercepts[0]!, 9);
    expect(explanation.score).toBeCloseTo(
      parts.reduce((sum, part) => sum + part, predictor.intercepts[0]!),
      9,
    );
    expect([body.predicted_class, explanation.unit]).toEqual(['setosa', 'log-odds']);
  });

  test('is there for rows of batches, models by name, and beside other fields', async () => {
    api = await startApi();
    const batch = await api
      .http()
      .post('/models/iris/predict/batch?include=explanation,probabilities,warnings')
      .send({ instances: [SETOSA, {}] });
    const [row, faulty] = batch.body.predictions;
    expect(Object.keys(row)).toEqual(
      expect.arrayContaining(['predicted_class', 'probabilities', 'explanation', 'warnings']),
    );
    expect(faulty).not.toHaveProperty('explanation');
  });

  test('is null for values so large that scores overflow', async () => {
    api = await startApi();
    const row = { ...SETOSA, petal_length: 1.7e308, petal_width: -1.7e308 };
    const { status, body } = await api.http().post('/predict?include=explanation').send(row);
    expect([status, body.explanation]).toEqual([200, null]);
  });

  test('of a column that the baseline knows only others of has the intercept as its base', () => {
    const artifact = imported('examples/churn/churn.joblib');
    const tenths = Array.from({ length: 11 }, (_, i) => i);
    const shares = tenths.slice(1).map(() => 0.1);
    const spread = { type: 'quantiles', missing: 0, mean: 5, quantiles: tenths, shares };
    const columns = Object.fromEntries(
      artifact.columns.map((column) => {
        const values = 'values' in column ? (column.values as readonly unknown[]) : undefined;
        const others = { type: 'shares', missing: 0, other: 1, shares: values?.map(() => 0) };
        return [column.name, values ? others : spread];
      }),
    );
    const odd = { ...artifact, baseline: { rows: 1, columns } } as unknown as Artifact;
    const model = compileArtifact(odd);
    expect(model.readValues(odd.verification.cases[0]!.input)).toBe(true);
    model.run();
    expect(Number.isFinite(model.explanations.explain(0)!.base)).toBe(true);
  });

  test('of XGBoost is what its own pred_contribs says', () => {
    const { file, rows, contributions } = JSON.parse(
      readFileSync(`${TABULAR}/xgboost-contributions.json`, 'utf8'),
    ) as {
      file: string;
      rows: Readonly<Record<string, number | null>>[];
      contributions: number[][][];
    };
    const model = compileArtifact(imported(`${TABULAR}/${file}`));
    for (const [i, row] of rows.entries()) {
      expect(model.read(row)).toBe(true);
      model.run();
      const classIndex = model.classIndex();
      const { base, contributions: own } = model.explanations.explain(classIndex)!;
      for (const [j, stated] of contributions[i]![classIndex]!.entries()) {
        expect(j < own.length ? own[j] : base).toBeCloseTo(stated, 5);
      }
    }
  });

  test('of a forest is in probabilities, category columns as they were sent', async () => {
    const artifact = imported('examples/churn/churn.joblib');
    await serve(artifact);
    const { row } = (await api.http().get('/models/m')).body.example;
    const answer = await api.http().post('/predict?include=explanation,probabilities').send(row);
    const { explanation, probabilities, predicted_class } = answer.body;
    expect(Object.keys(explanation.contributions)).toEqual(
      artifact.columns.map(({ name }) => name),
    );
    const parts = Object.values<number>(explanation.contributions);
    const sum = parts.reduce((total, part) => total + part, explanation.base);
    expect(sum).toBeCloseTo(probabilities[predicted_class], 12);
    expect(explanation.unit).toBe('probability');
  });

  test('of a model without is 422 with the reason, trees of old artifacts included', async () => {
    const artifact = imported('examples/churn/churn.joblib');
    const { cover, ...predictor } = artifact.predictor as { cover?: unknown; type: 'trees' };
    expect(float64Values(cover as never).length).toBeGreaterThan(2);
    const old = { ...artifact, predictor } as unknown as Artifact;
    expect(compileArtifact(old).explanations.unavailable).toMatch(/training rows/);
    await serve(imported('test/reference/tabular/models/nb-gaussian.sk190.zlib.joblib'));
    const { row } = (await api.http().get('/models/m')).body.example;
    const { status, body } = await api.http().post('/predict?include=explanation').send(row);
    expect([status, body.detail[0].loc, body.detail[0].type]).toEqual([
      422,
      ['query', 'include'],
      'unavailable',
    ]);
    expect(body.detail[0].msg).toMatch(/Only linear models and sums of trees/);
  });
});
