import {
  largestDifference,
  outputOf,
  probabilitiesOf,
  scoreRow,
} from '../../../../test/support/score-row';
import type { ModelMember, PredictorSpec } from './predictors';

/** A classifier that gives the same probabilities for every row. */
function fixed(...probabilities: number[]): ModelMember {
  return {
    pipeline: [],
    predictor: { type: 'constant', scores: probabilities },
    output: { type: 'shares' },
  };
}

/** A classifier of two classes whose decision is one weighted column. */
function weighted(weight: number, column = 0): ModelMember {
  return {
    pipeline: [{ type: 'branches', branches: [{ columns: [column], pipeline: [] }] }],
    predictor: { type: 'linear', coefficients: [[weight]], intercepts: [0] },
    output: { type: 'sigmoid' },
  };
}

describe('one against the rest', () => {
  const members = [fixed(0.5, 0.5), fixed(0.25, 0.75), fixed(0.25, 0.75)];
  const spec: PredictorSpec = {
    type: 'one-vs-rest',
    classCount: 3,
    from: 'probabilities',
    members,
  };

  test('takes the second probability of each member; of equal ones the last wins', () => {
    const scores = scoreRow(spec, [0]);
    expect(scores).toEqual([0.5, 0.75, 0.75]);
    expect(outputOf({ type: 'one-vs-rest' }, scores, 3).classIndex(1)).toBe(2);
    expect(probabilitiesOf({ type: 'one-vs-rest' }, scores, 3)).toEqual([0.25, 0.375, 0.375]);
    expect(probabilitiesOf({ type: 'one-vs-rest' }, [0, 0, 0], 3)).toEqual([0, 0, 0]);
  });

  test('takes a single member for two classes', () => {
    const single: PredictorSpec = { ...spec, classCount: 2, members: [fixed(0.25, 0.75)] };
    expect(scoreRow(single, [0])).toEqual([0.75]);
    expect(probabilitiesOf({ type: 'one-vs-rest' }, [0.75], 2)).toEqual([0.25, 0.75]);
    expect(outputOf({ type: 'one-vs-rest' }, [0.5], 2).classIndex(1)).toBe(0);
  });
});

describe('pairs', () => {
  test('vote, and their confidences are squeezed into a third', () => {
    const spec: PredictorSpec = {
      type: 'pairs',
      classCount: 3,
      from: 'decision',
      members: [weighted(1), weighted(-1), weighted(-2)],
    };
    // x = 1: pair (0,1) says 1 by 1, (0,2) says 0 by 1, (1,2) says 1 by 2; sums 0, 3 and -3.
    const expected = [1, 2 + 3 / 12, 0 - 3 / 12];
    expect(largestDifference(scoreRow(spec, [1]), expected)).toBeLessThan(1e-15);
  });

  test('need one member for each pair', () => {
    const spec: PredictorSpec = {
      type: 'pairs',
      classCount: 3,
      from: 'decision',
      members: [weighted(1)],
    };
    expect(() => scoreRow(spec, [1])).toThrow(
      expect.objectContaining({ path: 'predictor.members' }),
    );
  });
});
