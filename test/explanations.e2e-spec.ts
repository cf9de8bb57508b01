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
