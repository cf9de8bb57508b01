import {
  irisReference,
  irisReferenceArtifact,
  referenceArtifact,
  referenceModels,
} from '../../../test/support/reference-models';
import type { Artifact, LinearModel } from './artifact';
import { ArtifactError } from './artifact.error';
import { Classifier } from './classifier';

const TOLERANCE = 1e-12;

function largestDifference(
  computed: Float64Array | undefined,
  expected: readonly number[],
): number {
  return Math.max(...expected.map((p, k) => Math.abs(p - computed![k]!)));
}

/** Two features, no preprocessing; enough to work scores out by hand. */
function handMade(model: Omit<LinearModel, 'type'>, change: Partial<Artifact> = {}): Classifier {
  const [base] = referenceModels();
  const artifact = referenceArtifact({ ...base!, preprocessing: [] });
  const rows = model.coefficients.length;
  const classes = rows === 1 ? ['no', 'yes'] : ['a', 'b', 'c'].slice(0, rows);
  return new Classifier({
    ...artifact,
    input: { features: [{ name: 'x' }, { name: 'y' }] },
    classes,
    model: { type: 'linear', ...model },
    ...change,
  });
}

describe(Classifier.name, () => {
  describe.each(referenceModels().map((model) => [model.id, model] as const))(
    'as scikit-learn for %s',
    (_, model) => {
      const classifier = new Classifier(referenceArtifact(model));
      const rows = [...model.rows, ...(model.extremeRows ?? [])];
      const labels = [...model.predict, ...(model.extremePredict ?? [])];
      const probabilities = [...model.predictProba, ...(model.extremePredictProba ?? [])];

      test('labels are identical', () => {
        expect(rows.map((row) => classifier.classes[classifier.classify(row)])).toEqual(labels);
      });

      test('probabilities agree within 1e-12', () => {
        const differences = rows.map((row, i) =>
          largestDifference(classifier.probabilities(row), probabilities[i]!),
        );
        expect(Math.max(...differences)).toBeLessThanOrEqual(TOLERANCE);
      });

      test('where probabilities saturate, the class comes from the scores', () => {
        for (const { row, predict } of model.saturation ?? []) {
          expect(classifier.classes[classifier.classify(row)]).toBe(predict);
          const computed = [...classifier.probabilities(row)!];
          expect(computed.every((p) => p >= 0 && p <= 1)).toBe(true);
          expect(computed.reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
        }
      });
    },
  );

  test('all 150 Iris rows agree with the scikit-learn pipeline', () => {
    const { X, predict, predictProba, targetNames } = irisReference();
    const classifier = new Classifier(irisReferenceArtifact());
    for (const [i, row] of X.entries()) {
      expect(classifier.classes[classifier.classify(row)]).toBe(targetNames[predict[i]!]);
      const difference = largestDifference(classifier.probabilities(row), predictProba[i]!);
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
      const classifier = new Classifier(referenceArtifact(model));
      for (const row of rows) {
        expect(classifier.classify(row)).toBeGreaterThanOrEqual(0);
        const computed = [...classifier.probabilities(row)!];
        expect(computed.every((p) => p >= 0 && p <= 1)).toBe(true);
        expect(computed.reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
      }
    });

    test('where scores overflow, their order is still the true one', () => {
      // Scores 3e308·x and 4e308·x of x = 1 overflow; of x = −1 the first is the larger.
      const classifier = handMade({
        coefficients: [
          [3, 0],
          [4, 0],
        ],
        intercepts: [0, 0],
        probability: 'softmax',
      });
      expect(classifier.classify([1e308, 0])).toBe(1);
      expect(classifier.classify([-1e308, 0])).toBe(0);
      expect([...classifier.probabilities([1e308, 0])!]).toEqual([0, 1]);
    });

    test('opposite infinities do not cancel to NaN', () => {
      const classifier = handMade({
        coefficients: [[10, -9.5]],
        intercepts: [0],
        probability: 'sigmoid',
      });
      expect(classifier.classify([1e308, 1e308])).toBe(1);
      expect([...classifier.probabilities([1e308, 1e308])!]).toEqual([0, 1]);
    });
  });

  describe('rules worked out by hand', () => {
    const oneRow = { coefficients: [[1, 0]], intercepts: [0] };

    test('sigmoid: ln 3 gives 3/4', () => {
      const [no, yes] = handMade({ ...oneRow, probability: 'sigmoid' }).probabilities([
        Math.log(3),
        0,
      ])!;
      expect(no).toBeCloseTo(0.25, 15);
      expect(yes).toBeCloseTo(0.75, 15);
    });

    test('softmax-pm: half of ln 3 gives 3/4', () => {
      const rule = handMade({ ...oneRow, probability: 'softmax-pm' });
      expect(rule.probabilities([Math.log(3) / 2, 0])![1]).toBeCloseTo(0.75, 15);
    });

    test('softmax with temperature 2: scores 0 and 2·ln 3 give 1/4 and 3/4', () => {
      const rule = handMade({
        coefficients: [
          [0, 0],
          [1, 0],
        ],
        intercepts: [0, 0],
        probability: 'softmax',
        temperature: 2,
      });
      expect(rule.probabilities([2 * Math.log(3), 0])![1]).toBeCloseTo(0.75, 15);
    });

    test('modified-huber: clipped, shifted, normalised; all zero becomes uniform', () => {
      const rule = handMade({
        coefficients: [
          [1, 0],
          [0, 1],
        ],
        intercepts: [0, 0],
        probability: 'modified-huber',
      });
      expect([...rule.probabilities([0, 5])!]).toEqual([1 / 3, 2 / 3]);
      expect([...rule.probabilities([-2, -3])!]).toEqual([0.5, 0.5]);
      const binary = handMade({ ...oneRow, probability: 'modified-huber' });
      expect([...binary.probabilities([0.5, 0])!]).toEqual([0.25, 0.75]);
    });

    test('none: there are no probabilities, but there is a class', () => {
      const rule = handMade({ ...oneRow, probability: 'none' });
      expect(rule.probabilities([1, 0])).toBeUndefined();
      expect(rule.classify([1, 0])).toBe(1);
    });

    test('ties go to the first class, a score of zero to the class without a row', () => {
      const tied = handMade({
        coefficients: [
          [1, 0],
          [1, 0],
        ],
        intercepts: [0, 0],
        probability: 'softmax',
      });
      expect(tied.classify([7, 7])).toBe(0);
      expect(handMade({ ...oneRow, probability: 'sigmoid' }).classify([0, 0])).toBe(0);
    });

    test('preprocessing: standardised, then moved and clipped', () => {
      const classifier = handMade(
        { ...oneRow, probability: 'sigmoid' },
        {
          preprocessing: [
            { type: 'standardize', center: [10, 0], scale: null },
            { type: 'affine', multiply: [2, 1], add: [-1, 0], clip: [-1, 1] },
          ],
        },
      );
      // (10.5 − 10)·2 − 1 = 0 and (99 − 10)·2 − 1 is clipped to 1.
      expect(classifier.probabilities([10.5, 0])![1]).toBeCloseTo(0.5, 15);
      expect(classifier.probabilities([99, 0])![1]).toBeCloseTo(1 / (1 + Math.exp(-1)), 15);
    });
  });

  describe('refuses', () => {
    const classifier = new Classifier(irisReferenceArtifact());

    test('another number of features', () => {
      expect(() => classifier.classify([1, 2, 3])).toThrow(RangeError);
    });

    test.each([Number.NaN, Infinity, -Infinity])('the feature %p', (value) => {
      expect(() => classifier.classify([value, 1, 1, 1])).toThrow(
        'features must be finite numbers',
      );
    });

    test('weights that could not score every finite row', () => {
      expect(() =>
        handMade({ coefficients: [[1e306, 0]], intercepts: [0], probability: 'sigmoid' }),
      ).toThrow(ArtifactError);
    });
  });
});
