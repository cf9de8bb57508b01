import {
  irisReference,
  irisReferenceArtifact,
  referenceArtifact,
  referenceModels,
} from '../../../../test/support/reference-models';
import type { ClassificationArtifact } from '../artifact/artifact';
import { ArtifactError } from '../artifact/artifact.error';
import { CompiledModel } from './compiled-model';

const TOLERANCE = 1e-12;

function largestDifference(
  computed: Float64Array | undefined,
  expected: readonly number[],
): number {
  return Math.max(...expected.map((p, k) => Math.abs(p - computed![k]!)));
}

function classify(model: CompiledModel, row: readonly number[]): number {
  const answer = model.score(row);
  if (answer.task !== 'classification') throw new Error('not a classifier');
  return answer.classIndex;
}

function probabilities(model: CompiledModel, row: readonly number[]): Float64Array | undefined {
  const answer = model.score(row);
  return answer.task === 'classification' ? answer.probabilities : undefined;
}

/** Two columns, no preprocessing; enough to work scores out by hand. */
function handMade(
  coefficients: readonly (readonly number[])[],
  output: ClassificationArtifact['output'],
  change: Partial<ClassificationArtifact> = {},
): CompiledModel {
  const [base] = referenceModels();
  const artifact = referenceArtifact({ ...base!, preprocessing: [] });
  const rows = coefficients.length;
  const classes = rows === 1 ? ['no', 'yes'] : ['a', 'b', 'c'].slice(0, rows);
  return new CompiledModel({
    ...artifact,
    columns: [
      { type: 'number', name: 'x' },
      { type: 'number', name: 'y' },
    ],
    classes,
    predictor: { type: 'linear', coefficients, intercepts: coefficients.map(() => 0) },
    output,
    ...change,
  });
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

  describe('outputs worked out by hand', () => {
    const oneRow = [[1, 0]];
    const twoRows = [
      [1, 0],
      [0, 1],
    ];

    test('sigmoid: ln 3 gives 3/4', () => {
      const [no, yes] = probabilities(handMade(oneRow, { type: 'sigmoid' }), [Math.log(3), 0])!;
      expect(no).toBeCloseTo(0.25, 15);
      expect(yes).toBeCloseTo(0.75, 15);
    });

    test('softmax-symmetric: half of ln 3 gives 3/4', () => {
      const model = handMade(oneRow, { type: 'softmax-symmetric' });
      expect(probabilities(model, [Math.log(3) / 2, 0])![1]).toBeCloseTo(0.75, 15);
    });

    test('softmax with temperature 2: scores 0 and 2·ln 3 give 1/4 and 3/4', () => {
      const model = handMade(twoRows, { type: 'softmax', temperature: 2 });
      expect(probabilities(model, [0, 2 * Math.log(3)])![1]).toBeCloseTo(0.75, 15);
    });

    test('modified-huber: clipped, shifted, normalised; all zero becomes uniform', () => {
      const model = handMade(twoRows, { type: 'modified-huber' });
      expect([...probabilities(model, [0, 5])!]).toEqual([1 / 3, 2 / 3]);
      expect([...probabilities(model, [-2, -3])!]).toEqual([0.5, 0.5]);
      const binary = handMade(oneRow, { type: 'modified-huber' });
      expect([...probabilities(binary, [0.5, 0])!]).toEqual([0.25, 0.75]);
    });

    test('scores-only: there are no probabilities, but there is a class', () => {
      const model = handMade(oneRow, { type: 'scores-only' });
      expect(probabilities(model, [1, 0])).toBeUndefined();
      expect(classify(model, [1, 0])).toBe(1);
    });

    test('ties go to the first class, a score of zero to the class without a row', () => {
      const rows = [
        [1, 0],
        [1, 0],
      ];
      expect(classify(handMade(rows, { type: 'softmax' }), [7, 7])).toBe(0);
      expect(classify(handMade(oneRow, { type: 'sigmoid' }), [0, 0])).toBe(0);
    });

    test('pipeline: standardised, then moved and clipped', () => {
      const model = handMade(
        oneRow,
        { type: 'sigmoid' },
        {
          pipeline: [
            { type: 'standardize', center: [10, 0], scale: null },
            { type: 'affine', multiply: [2, 1], add: [-1, 0], clip: [-1, 1] },
          ],
        },
      );
      // (10.5 − 10)·2 − 1 = 0 and (99 − 10)·2 − 1 is clipped to 1.
      expect(probabilities(model, [10.5, 0])![1]).toBeCloseTo(0.5, 15);
      expect(probabilities(model, [99, 0])![1]).toBeCloseTo(1 / (1 + Math.exp(-1)), 15);
    });

    test('branches: each column through steps of its own, in the order of the branches', () => {
      const model = handMade(
        [[2, 3]],
        { type: 'sigmoid' },
        {
          pipeline: [
            {
              type: 'branches',
              branches: [
                { columns: [1], pipeline: [{ type: 'affine', multiply: [10], add: [0] }] },
                { columns: [0], pipeline: [] },
              ],
            },
          ],
        },
      );
      // 2·(10·y) + 3·x with x = 1, y = 0.05 is 4.
      expect(probabilities(model, [1, 0.05])![1]).toBeCloseTo(1 / (1 + Math.exp(-4)), 15);
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
