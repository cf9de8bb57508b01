import {
  irisReference,
  irisReferenceArtifact,
  referenceArtifact,
  referenceModels,
} from '../../../../test/support/reference-models';
import type { ClassificationArtifact } from '../artifact/artifact';
import { ArtifactError } from '../artifact/artifact.error';
import { CompiledModel } from './compiled-model';
import { classify, handMade, probabilities } from '../../../../test/support/hand-made-model';

const TOLERANCE = 1e-12;

function largestDifference(
  computed: Float64Array | undefined,
  expected: readonly number[],
): number {
  return Math.max(...expected.map((p, k) => Math.abs(p - computed![k]!)));
}

describe(CompiledModel.name, () => {
  describe.each(referenceModels().map((model) => [model.id, model] as const))(
    'as scikit-learn for %s',
    (_, model) => {
      const classifier = new CompiledModel(referenceArtifact(model));
      const rows = [...model.rows, ...(model.extremeRows ?? [])];
      const labels = [...model.predict, ...(model.extremePredict ?? [])];
      const expected = [...model.predictProba, ...(model.extremePredictProba ?? [])];

      test('labels are identical', () => {
        expect(rows.map((row) => classifier.classes[classify(classifier, row)])).toEqual(labels);
      });

      test('probabilities agree within 1e-12', () => {
        const differences = rows.map((row, i) =>
          largestDifference(probabilities(classifier, row), expected[i]!),
        );
        expect(Math.max(...differences)).toBeLessThanOrEqual(TOLERANCE);
      });

      test('where probabilities saturate, the class comes from the scores', () => {
        for (const { row, predict } of model.saturation ?? []) {
          expect(classifier.classes[classify(classifier, row)]).toBe(predict);
          const computed = [...probabilities(classifier, row)!];
          expect(computed.every((p) => p >= 0 && p <= 1)).toBe(true);
          expect(computed.reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
        }
      });
    },
  );

  test('all 150 Iris rows agree with the scikit-learn pipeline', () => {
    const { X, predict, predictProba, targetNames } = irisReference();
    const classifier = new CompiledModel(irisReferenceArtifact());
    for (const [i, row] of X.entries()) {
      expect(classifier.classes[classify(classifier, row)]).toBe(targetNames[predict[i]!]);
      const difference = largestDifference(probabilities(classifier, row), predictProba[i]!);
      expect(difference).toBeLessThanOrEqual(TOLERANCE);
    }
  });

  describe('never answers NaN', () => {
    const extremes = [1e308, -1e308, Number.MAX_VALUE, 5e-324, -5e-324, 0, -0, 1e-310];
    const rows = extremes.flatMap((x) =>
      extremes.map((y) => [x, y, x, y]).concat([[x, 1, 1, 1]], [[1, x, -x, 2]]),
    );
    const rules = referenceModels().filter((model) => model.rows[0]!.length === 4);

    test.each(rules.map((model) => [model.id, model] as const))('%s', (_, model) => {
      const classifier = new CompiledModel(referenceArtifact(model));
      for (const row of rows) {
        expect(classify(classifier, row)).toBeGreaterThanOrEqual(0);
        const computed = [...probabilities(classifier, row)!];
        expect(computed.every((p) => p >= 0 && p <= 1)).toBe(true);
        expect(computed.reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
      }
    });

    test('where scores overflow, their order is still the true one', () => {
      // Scores 3e308·x and 4e308·x of x = 1 overflow; of x = −1 the first is the larger.
      const rows = [
        [3, 0],
        [4, 0],
      ];
      const classifier = handMade(rows, { type: 'softmax' });
      expect(classify(classifier, [1e308, 0])).toBe(1);
      expect(classify(classifier, [-1e308, 0])).toBe(0);
      expect([...probabilities(classifier, [1e308, 0])!]).toEqual([0, 1]);
    });

    test('opposite infinities do not cancel to NaN', () => {
      const classifier = handMade([[10, -9.5]], { type: 'sigmoid' });
      expect(classify(classifier, [1e308, 1e308])).toBe(1);
      expect([...probabilities(classifier, [1e308, 1e308])!]).toEqual([0, 1]);
    });
  });

  describe('refuses', () => {
    const classifier = new CompiledModel(irisReferenceArtifact());

    test('another number of values', () => {
      expect(classifier.readValues([1, 2, 3])).toBe(false);
      expect(() => classifier.score([1, 2, 3])).toThrow(RangeError);
    });

    test.each([Number.NaN, Infinity, -Infinity, '1', null, undefined])('the value %p', (value) => {
      expect(classifier.readValues([value, 1, 1, 1])).toBe(false);
    });

    test('weights that could not score every finite row', () => {
      expect(() => handMade([[1e306, 0]], { type: 'sigmoid' })).toThrow(ArtifactError);
    });

    test.each<[string, Partial<ClassificationArtifact>, string]>([
      [
        'coefficients',
        { predictor: { type: 'linear', coefficients: [[1]], intercepts: [0] } },
        'predictor.coefficients',
      ],
      [
        'a step',
        { pipeline: [{ type: 'standardize', center: [1], scale: null }] },
        'pipeline[0].center',
      ],
      [
        'a scale of 0',
        { pipeline: [{ type: 'standardize', center: null, scale: [1, 0] }] },
        'pipeline[0].scale[1]',
      ],
      [
        'positions',
        { pipeline: [{ type: 'branches', branches: [{ columns: [2], pipeline: [] }] }] },
        'pipeline[0].branches[0].columns[0]',
      ],
      ['an output', { output: { type: 'softmax' } }, 'output'],
    ])('%s that does not fit', (_, change, path) => {
      expect(() => handMade([[1, 0]], { type: 'sigmoid' }, change)).toThrow(
        expect.objectContaining({ path }),
      );
    });
  });

  describe('faults', () => {
    const model = new CompiledModel(irisReferenceArtifact());

    test('of a record name every column that has one', () => {
      const faults = model.faults({ sepal_length: 'x', sepal_width: Infinity, petal_length: 1 });
      expect(faults.map(({ column, type }) => [column, type])).toEqual([
        ['sepal_length', 'float_type'],
        ['sepal_width', 'finite_number'],
        ['petal_width', 'missing'],
      ]);
    });
  });
});
