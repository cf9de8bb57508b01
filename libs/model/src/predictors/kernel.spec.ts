import { readFileSync } from 'node:fs';
import {
  largestDifference,
  outputOf,
  probabilitiesOf,
  scoreRow,
} from '../../../../test/support/score-row';
import type { OneVsOneSpec } from '../outputs/one-vs-one';
import type { KernelSpec } from './kernel';

interface Reference extends Omit<KernelSpec, 'type'> {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly rows: readonly (readonly number[])[];
  readonly predict: readonly number[];
  readonly predictProba: readonly (readonly number[])[];
  readonly ovo: readonly (readonly number[])[];
  readonly ovr: readonly (readonly number[])[];
}

const { models } = JSON.parse(readFileSync('test/reference/svc-reference.json', 'utf8')) as {
  models: readonly Reference[];
};

function specOf({
  kernel,
  supportVectors,
  supportCounts,
  dualCoefficients,
  intercepts,
}: Reference): KernelSpec {
  return {
    type: 'kernel',
    kernel,
    supportVectors,
    supportCounts,
    dualCoefficients,
    intercepts,
  };
}

describe.each(models.map((model) => [model.kernel.name, model] as const))(
  'kernel %s',
  (_, model) => {
    const spec = specOf(model);
    const output: OneVsOneSpec = { type: 'one-vs-one', sigmoids: { a: model.a, b: model.b } };

    test('decides each pair as scikit-learn', () => {
      for (const [i, row] of model.rows.entries()) {
        expect(largestDifference(scoreRow(spec, row), model.ovo[i]!)).toBeLessThanOrEqual(1e-14);
      }
    });

    test('votes, breaks ties and couples probabilities as scikit-learn', () => {
      for (const [i, row] of model.rows.entries()) {
        const scores = scoreRow(spec, row);
        const compiled = outputOf(output, scores, 3);
        expect(compiled.classIndex(1)).toBe(model.predict[i]);
        const decisions = [0, 1, 2].map((k) => compiled.decision!(k));
        expect(largestDifference(decisions, model.ovr[i]!)).toBeLessThanOrEqual(1e-14);
        const probabilities = probabilitiesOf(output, scores, 3);
        expect(largestDifference(probabilities, model.predictProba[i]!)).toBeLessThanOrEqual(1e-14);
      }
    });
  },
);

describe('a support vector machine', () => {
  // Two support vectors on a line, worked out by hand: 2·(x·1) - 1·(x·3) + 0.5.
  const base: KernelSpec = {
    type: 'kernel',
    kernel: { name: 'linear' },
    supportVectors: [[1], [3]],
    supportCounts: [1, 1],
    dualCoefficients: [[2, -1]],
    intercepts: [0.5],
  };

  test('of two classes has one score', () => {
    expect(scoreRow(base, [4])).toEqual([-3.5]);
    expect(outputOf({ type: 'one-vs-one' }, [-3.5], 2).classIndex(1)).toBe(1);
    expect(outputOf({ type: 'one-vs-one' }, [-3.5], 2).decision!(0)).toBe(3.5);
    expect(outputOf({ type: 'one-vs-one' }, [-3.5], 2).hasProbabilities).toBe(false);
  });

  test('of a regression has one sum', () => {
    expect(scoreRow({ ...base, supportCounts: [2] }, [4])).toEqual([-3.5]);
  });

  test('votes that are equal go to the first class, or to the most confident one', () => {
    // 0 beats 1, 1 beats 2, 2 beats 0: one vote each; the confidences are -1, 1 and 0.
    const scores = [1, -2, 2];
    expect(outputOf({ type: 'one-vs-one' }, scores, 3).classIndex(1)).toBe(0);
    expect(outputOf({ type: 'one-vs-one', breakTies: true }, scores, 3).classIndex(1)).toBe(1);
  });

  test.each<[string, Partial<KernelSpec>, string]>([
    [
      'another width',
      {
        supportVectors: [
          [1, 2],
          [3, 4],
        ],
      },
      'predictor.supportVectors',
    ],
    ['too few coefficients', { dualCoefficients: [[1]] }, 'predictor.dualCoefficients'],
    ['too many intercepts', { intercepts: [1, 2] }, 'predictor.intercepts'],
    ['a negative count', { supportCounts: [3, -1] }, 'predictor.supportCounts'],
  ])('refuses %s', (_, change, path) => {
    expect(() => scoreRow({ ...base, ...change }, [1])).toThrow(expect.objectContaining({ path }));
  });
});
