import {
  classOutputKind,
  type ClassOutputSpec,
  numberOutputKind,
  type NumberOutputSpec,
} from './outputs';

function classOf(spec: ClassOutputSpec, ...scores: number[]): number {
  const classCount = Math.max(2, scores.length);
  return classOutputKind(spec)
    .compile(spec, Float64Array.from(scores), classCount, 'output')
    .classIndex(1);
}

function probabilitiesOf(spec: ClassOutputSpec, ...scores: number[]): number[] {
  const into = new Float64Array(Math.max(2, scores.length));
  const kind = classOutputKind(spec);
  kind.compile(spec, Float64Array.from(scores), into.length, 'output').probabilities(1, into);
  return [...into];
}

function valueOf(spec: NumberOutputSpec, score: number): number {
  return numberOutputKind(spec).compile(spec, Float64Array.of(score), 0, 'output').value();
}

describe('outputs of trees', () => {
  test('shares: the scores themselves, the first of the highest', () => {
    expect(probabilitiesOf({ type: 'shares' }, 0.2, 0.4, 0.4)).toEqual([0.2, 0.4, 0.4]);
    expect(classOf({ type: 'shares' }, 0.2, 0.4, 0.4)).toBe(1);
    expect(() => classOf({ type: 'shares' }, 0.2)).toThrow('one score for each class');
  });

  test('sigmoid: three rules for a score at 0', () => {
    const rule = (decision: 'positive' | 'not-negative' | 'probability') =>
      [-1e-20, 0, 1e-20, 1e-15].map((score) => classOf({ type: 'sigmoid', decision }, score));
    expect(rule('positive')).toEqual([0, 0, 1, 1]);
    expect(rule('not-negative')).toEqual([0, 1, 1, 1]);
    // 1/(1+exp(-1e-20)) is 1/2 in double precision.
    expect(rule('probability')).toEqual([0, 0, 0, 1]);
  });

  test('sigmoid with a temperature: half of it doubles the score', () => {
    const doubled = probabilitiesOf({ type: 'sigmoid', temperature: 0.5 }, Math.log(3) / 2);
    expect(doubled[1]).toBeCloseTo(0.75, 14);
  });

  test('sigmoid in single precision', () => {
    // exp(-ln 3) is 1/3, so p = 3/4; each step rounds to single precision.
    const [q, p] = probabilitiesOf({ type: 'sigmoid-float32' }, Math.fround(Math.log(3)));
    expect(Math.abs(p! - 0.75)).toBeLessThanOrEqual(2 ** -24);
    expect(p).toBe(Math.fround(p!));
    expect(q).toBe(Math.fround(1 - p!));
    // exp(-1e-8) is 1 in single precision.
    expect(classOf({ type: 'sigmoid-float32' }, 1e-8)).toBe(0);
    expect(classOf({ type: 'sigmoid-float32' }, 1e-6)).toBe(1);
    // exp(88.7) is about 3.3e38, the largest float32 3.4e38.
    expect(probabilitiesOf({ type: 'sigmoid-float32' }, -200)[1]).toBeGreaterThan(0);
    expect(probabilitiesOf({ type: 'sigmoid-float32' }, 200)).toEqual([0, 1]);
  });

  test('softmax in single precision: the first of equal probabilities', () => {
    const scores = [Math.log(2), Math.log(1), Math.log(5)].map(Math.fround);
    const computed = probabilitiesOf({ type: 'softmax-float32' }, ...scores);
    for (const [k, expected] of [2 / 8, 1 / 8, 5 / 8].entries()) {
      expect(Math.abs(computed[k]! - expected)).toBeLessThan(1e-7);
      expect(computed[k]).toBe(Math.fround(computed[k]!));
    }
    expect(classOf({ type: 'softmax-float32' }, ...scores)).toBe(2);
    // exp(-1e-9) is 1 in single precision: the first class ties with the higher score.
    expect(classOf({ type: 'softmax-float32' }, -1e-9, 0, -1)).toBe(0);
  });

  test('isolation: an outlier where 2^-score is above the threshold', () => {
    const spec = { type: 'isolation', threshold: 0.5 } as const;
    expect([0.5, 1, 2].map((score) => classOf(spec, score))).toEqual([0, 1, 1]);
    expect(() => classOf(spec, 1, 2)).toThrow('one score and two classes');
  });

  test('exp, in double and in single precision', () => {
    expect(valueOf({ type: 'exp' }, 1)).toBe(Math.E);
    expect(valueOf({ type: 'exp', precision: 'float32' }, 1)).toBe(Math.fround(Math.E));
    expect(valueOf({ type: 'logistic-float32' }, 0)).toBe(0.5);
  });

  test('inverse of what was done to the target', () => {
    const steps = [
      { type: 'multiply', value: 2 },
      { type: 'add', value: 1 },
      { type: 'divide', value: 4 },
      { type: 'function', name: 'square' },
    ] as const;
    expect(valueOf({ type: 'inverse-target', steps }, 3)).toBe(((2 * 3 + 1) / 4) ** 2);
    expect(
      valueOf({ type: 'inverse-target', steps: [{ type: 'function', name: 'expm1' }] }, 1e-20),
    ).toBe(1e-20);
  });

  test.each([
    // Forward by hand: yeo-johnson of 3 is ((3+1)^l - 1)/l, of -3 it is -((3+1)^(2-l) - 1)/(2-l).
    ['inverse-yeo-johnson', 0.5, (4 ** 0.5 - 1) / 0.5, 3],
    ['inverse-yeo-johnson', 0, Math.log(4), 3],
    ['inverse-yeo-johnson', 0.5, -(4 ** 1.5 - 1) / 1.5, -3],
    ['inverse-yeo-johnson', 2, -Math.log(4), -3],
    ['inverse-box-cox', 0.5, (3 ** 0.5 - 1) / 0.5, 3],
    ['inverse-box-cox', 0, Math.log(3), 3],
  ] as const)('%s with lambda %d', (type, lambda, transformed, original) => {
    expect(valueOf({ type: 'inverse-target', steps: [{ type, lambda }] }, transformed)).toBeCloseTo(
      original,
      13,
    );
  });

  test('several scores are no number', () => {
    const scores = Float64Array.of(1, 2);
    for (const spec of [
      { type: 'identity' },
      { type: 'exp' },
      { type: 'logistic-float32' },
    ] as const) {
      expect(() =>
        numberOutputKind<NumberOutputSpec>(spec).compile(spec, scores, 0, 'output'),
      ).toThrow('needs one score');
    }
  });
});

describe('outputs of LightGBM', () => {
  test('sigmoids are not normalised', () => {
    const third = Math.log(1 / 2);
    expect(probabilitiesOf({ type: 'sigmoids' }, 0, third, Math.log(3))).toEqual([
      0.5,
      expect.closeTo(1 / 3, 15),
      expect.closeTo(0.75, 15),
    ]);
    expect(
      probabilitiesOf({ type: 'sigmoids', temperature: 2 }, 0, 0, 2 * Math.log(3))[2],
    ).toBeCloseTo(0.75, 15);
    expect(classOf({ type: 'sigmoids' }, 1, 2, 2)).toBe(1);
  });

  test('the signed square keeps the sign', () => {
    const spec: NumberOutputSpec = { type: 'inverse-target', steps: [{ type: 'signed-square' }] };
    expect([3, -3, 0].map((score) => valueOf(spec, score))).toEqual([9, -9, 0]);
  });
});
