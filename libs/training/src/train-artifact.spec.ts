import { compileArtifact, formatArtifact, parseArtifact } from '@inferserve/model';
import reference from '../../../test/reference/iris-split.json';
import { IRIS } from './data/iris';
import { IRIS_SPLIT } from './data/iris-split';
import { trainArtifact } from './train-artifact';

const QUICK = {
  version: '2.0',
  hyperparameters: { learningRate: 5e-3, numSteps: 20 },
  crossValidation: { repeats: 1, folds: 2, seed: 1 },
};

describe('trainArtifact', () => {
  const events: string[] = [];
  const { artifact, train, test } = trainArtifact(
    IRIS,
    IRIS_SPLIT,
    { ...QUICK, hyperparameters: { learningRate: 5e-3, numSteps: 5000 } },
    (...event) => events.push(event.join(' ')),
  );

  // Figures of the same gradient descent in NumPy, by scikit-learn's log_loss and brier_score_loss.
  it('gets the 30 test rows right', () => {
    expect(test.confusionMatrix).toEqual(reference.testConfusion);
    expect(test.accuracy).toBe(1);
    expect(test.logLoss).toBeCloseTo(0.01498689987499451, 9);
    expect(test.brier).toBeCloseTo(0.0025728417500551883, 9);
  });

  it('gets 115 of the 120 training rows right', () => {
    expect(train.confusionMatrix).toEqual([
      [40, 0, 0],
      [0, 38, 3],
      [0, 2, 37],
    ]);
    expect(train.logLoss).toBeCloseTo(0.06759840864707985, 9);
    expect(train.brier).toBeCloseTo(0.044278430698492, 9);
  });

  it('makes an artifact that can be served', () => {
    const parsed = parseArtifact(formatArtifact(artifact));
    const classifier = compileArtifact(parsed);
    expect(parsed).toEqual(JSON.parse(JSON.stringify(artifact)));
    expect(classifier.score([5.1, 3.5, 1.4, 0.2])).toMatchObject({ label: 'setosa' });
  });

  it('names the columns with unit and range of the training rows', () => {
    expect(artifact.columns).toEqual([
      { type: 'number', name: 'sepal_length', unit: 'cm', observedMin: 4.3, observedMax: 7.7 },
      { type: 'number', name: 'sepal_width', unit: 'cm', observedMin: 2, observedMax: 4.4 },
      { type: 'number', name: 'petal_length', unit: 'cm', observedMin: 1, observedMax: 6.7 },
      { type: 'number', name: 'petal_width', unit: 'cm', observedMin: 0.1, observedMax: 2.5 },
    ]);
  });

  // NumPy: quantile(…, method='inverted_cdf') and counts between these.
  it('has the training rows as its baseline', () => {
    const { rows, columns, predictions } = artifact.baseline!;
    expect(rows).toBe(120);
    expect(columns.petal_width).toEqual({
      type: 'quantiles',
      missing: 0,
      mean: expect.closeTo(1.1833333333333333, 12),
      quantiles: [0.1, 0.2, 0.2, 0.4, 1.1, 1.3, 1.5, 1.7, 1.9, 2.1, 2.5],
      shares: [29, 0, 9, 11, 14, 17, 5, 15, 9, 11].map((count) => count / 120),
    });
    // 40, 38 + 2 and 3 + 37 of the rows above.
    expect(predictions).toMatchObject({ shares: [40 / 120, 40 / 120, 40 / 120] });
  });

  it('has the test rows as verification cases', () => {
    const { cases, tolerance } = artifact.verification;
    expect(tolerance).toBe(1e-12);
    expect(cases.map(({ input }) => input)).toEqual(
      reference.testIndices.map((row) => reference.X[row]),
    );
    expect(cases.map(({ label }) => label)).toEqual(
      reference.testIndices.map((row) => reference.targetNames[reference.y[row]!]),
    );
    for (const { probabilities } of cases) {
      expect(probabilities!.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 11);
    }
  });

  it('records how it was made, without time or machine', () => {
    expect(artifact.training).toMatchObject({
      library: 'ml-logistic-regression',
      libraryVersion: '2.0.0',
      hyperparameters: { learningRate: 0.005, numSteps: 5000, biasColumn: true },
      dataset: {
        name: 'iris',
        rows: 150,
        split: { testSize: 0.2, randomState: 42, testIndices: reference.testIndices },
      },
      crossValidation: { repeats: 1, folds: 2, seed: 1 },
    });
    expect(artifact).toMatchObject({
      name: 'iris',
      version: '2.0',
      provenance: { source: 'trained' },
    });
    expect(artifact.createdAt).toBeUndefined();
    expect(artifact.metrics!['crossValidation']).toMatchObject({ n: 150 });
  });

  it('reports its progress', () => {
    expect(events).toEqual(['fit 1 1', 'cross-validation 1 2', 'cross-validation 2 2']);
  });
});

describe('trainArtifact, again', () => {
  it('gives the same bytes', () => {
    const [first, second] = [1, 2].map(() =>
      formatArtifact(trainArtifact(IRIS, IRIS_SPLIT, QUICK).artifact),
    );
    expect(first).toBe(second);
  });

  it('states what the model answers, not what the rows are', () => {
    const { artifact, test } = trainArtifact(IRIS, IRIS_SPLIT, {
      ...QUICK,
      hyperparameters: { learningRate: 5e-3, numSteps: 1 },
    });
    expect(test.accuracy).toBeLessThan(1);
    expect(() => compileArtifact(artifact)).not.toThrow();
  });
});
