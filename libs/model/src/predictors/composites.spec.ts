import { largestDifference, scoreRow } from '../../../../test/support/score-row';
import { UnscorableRowError } from '../compile/unscorable-row.error';
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

function regressor(weight: number): ModelMember {
  return { ...weighted(weight), output: { type: 'identity' } };
}

describe('a vote', () => {
  const members = [fixed(0.5, 0.25, 0.25), fixed(0, 0.75, 0.25)];

  test('averages probabilities', () => {
    const spec: PredictorSpec = { type: 'vote', by: 'probabilities', classCount: 3, members };
    expect(scoreRow(spec, [0])).toEqual([0.25, 0.5, 0.25]);
    expect(scoreRow({ ...spec, weights: [3, 1] }, [0])).toEqual([0.375, 0.375, 0.25]);
  });

  test('counts classes', () => {
    const spec: PredictorSpec = { type: 'vote', by: 'classes', classCount: 3, members };
    expect(scoreRow(spec, [0])).toEqual([0.5, 0.5, 0]);
    expect(scoreRow({ ...spec, weights: [1, 3] }, [0])).toEqual([0.25, 0.75, 0]);
  });

  test('averages numbers', () => {
    const spec: PredictorSpec = {
      type: 'vote',
      by: 'values',
      classCount: 0,
      members: [regressor(1), regressor(4)],
      weights: [2, 1],
    };
    expect(scoreRow(spec, [5])).toEqual([10]);
  });

  test('takes a member that knows only some of the classes', () => {
    const spec: PredictorSpec = {
      type: 'vote',
      by: 'probabilities',
      classCount: 3,
      members: [...members, { ...fixed(0.25, 0.75), classes: [0, 2] }],
    };
    expect(largestDifference(scoreRow(spec, [0]), [0.25, 1 / 3, 1.25 / 3])).toBeLessThan(1e-15);
  });

  test('has no answer where a member has none', () => {
    const spec: PredictorSpec = {
      type: 'vote',
      by: 'classes',
      classCount: 2,
      members: [weighted(1e200)],
    };
    expect(() => scoreRow(spec, [1e200])).toThrow(UnscorableRowError);
  });

  test.each<[string, PredictorSpec, string]>([
    [
      'members of another class count',
      { type: 'vote', by: 'classes', classCount: 4, members },
      'predictor.members[0].output',
    ],
    [
      'the probabilities of a member that has none',
      {
        type: 'vote',
        by: 'probabilities',
        classCount: 3,
        members: [{ ...fixed(1, 2, 3), output: { type: 'scores-only' } }],
      },
      'predictor.members[0].output',
    ],
    [
      'another number of weights',
      { type: 'vote', by: 'classes', classCount: 3, members, weights: [1] },
      'predictor.weights',
    ],
    [
      'a class that does not exist',
      {
        type: 'vote',
        by: 'classes',
        classCount: 2,
        members: [{ ...fixed(1, 0), classes: [0, 2] }],
      },
      'predictor.members[0].classes',
    ],
  ])('refuses %s', (_, spec, path) => {
    expect(() => scoreRow(spec, [0])).toThrow(expect.objectContaining({ path }));
  });
});

describe('a calibrated classifier', () => {
  test('puts the decision through a sigmoid', () => {
    const spec: PredictorSpec = {
      type: 'calibrate',
      member: weighted(2),
      from: 'decision',
      classCount: 2,
      calibrators: [{ type: 'sigmoid', a: -1, b: 0 }],
    };
    // exp(-2·ln(3)/2) = 1/3.
    const scores = scoreRow(spec, [Math.log(3) / 2]);
    expect(largestDifference(scores, [0.25, 0.75])).toBeLessThan(1e-15);
  });

  const isotonic = { type: 'isotonic', x: [0.25, 0.5, 0.75], y: [0, 0.5, 1] } as const;

  test('interpolates the probability of the second class', () => {
    const withProbability = (second: number): number =>
      scoreRow(
        {
          type: 'calibrate',
          member: fixed(1 - second, second),
          from: 'probabilities',
          classCount: 2,
          calibrators: [isotonic],
        },
        [0],
      )[1]!;
    expect([0, 0.25, 0.375, 0.5, 0.625, 0.75, 1].map(withProbability)).toEqual([
      0, 0, 0.25, 0.5, 0.75, 1, 1,
    ]);
  });

  test('normalises several classes; all zero becomes uniform', () => {
    const spec: PredictorSpec = {
      type: 'calibrate',
      member: fixed(0.5, 0.375, 0.125),
      from: 'probabilities',
      classCount: 3,
      calibrators: [isotonic, isotonic, isotonic],
    };
    expect(largestDifference(scoreRow(spec, [0]), [2 / 3, 1 / 3, 0])).toBeLessThan(1e-15);
    const zero = { type: 'isotonic', x: [0], y: [0] } as const;
    expect(scoreRow({ ...spec, calibrators: [zero, zero, zero] }, [0])).toEqual([
      1 / 3,
      1 / 3,
      1 / 3,
    ]);
  });

  test('refuses points that do not ascend', () => {
    const spec: PredictorSpec = {
      type: 'calibrate',
      member: weighted(1),
      from: 'decision',
      classCount: 2,
      calibrators: [{ type: 'isotonic', x: [1, 1], y: [0, 1] }],
    };
    expect(() => scoreRow(spec, [0])).toThrow(
      expect.objectContaining({ path: 'predictor.calibrators[0].x' }),
    );
  });
});

describe('a stack', () => {
  const final = {
    pipeline: [],
    predictor: { type: 'linear', coefficients: [[1, 10, 100]], intercepts: [0] },
  } as const;

  test('gives the final model the second of two probabilities, and the row behind it', () => {
    const spec: PredictorSpec = {
      type: 'stack',
      classCount: 2,
      passthrough: true,
      members: [{ ...fixed(0.25, 0.75), take: 'probabilities' }],
      final,
    };
    expect(scoreRow(spec, [2, 3])).toEqual([0.75 + 20 + 300]);
  });

  test('gives it decisions, classes and numbers', () => {
    const spec: PredictorSpec = {
      type: 'stack',
      classCount: 2,
      passthrough: false,
      members: [
        { ...weighted(3), take: 'decision' },
        { ...weighted(1), take: 'class' },
        { ...regressor(-1), take: 'value' },
      ],
      final,
    };
    expect(scoreRow(spec, [2])).toEqual([6 + 10 - 200]);
  });

  test('gives it every probability of three classes', () => {
    const spec: PredictorSpec = {
      type: 'stack',
      classCount: 3,
      passthrough: false,
      members: [{ ...fixed(0.5, 0.25, 0.25), take: 'probabilities' }],
      final,
    };
    expect(scoreRow(spec, [0])).toEqual([0.5 + 2.5 + 25]);
  });
});
