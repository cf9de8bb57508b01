import { numberOutputKind } from './outputs';
import type { TransformedSpec } from './transformed';

function valueOf(steps: TransformedSpec['steps'], score: number): number {
  const spec: TransformedSpec = { type: 'transformed', steps };
  return numberOutputKind(spec).compile(spec, Float64Array.of(score), 0, 'output').value();
}

describe('a transformed score', () => {
  test.each<[TransformedSpec['steps'], number, number]>([
    [[], 3, 3],
    [['exp'], 0, 1],
    [['expm1'], Math.log(4), 3],
    [['square'], -3, 9],
    [['sqrt'], 9, 3],
    [['reciprocal'], 4, 0.25],
    [['exp2'], 3, 8],
    [[{ multiply: 2, add: 1 }], 3, 7],
    [[{ multiply: 2, add: 0 }, 'expm1'], 0, 0],
  ])('%j of %p is %p', (steps, score, expected) => {
    expect(valueOf(steps, score)).toBeCloseTo(expected, 14);
  });

  test('may be infinite, which the model refuses to answer', () => {
    expect(valueOf(['expm1'], 1000)).toBe(Infinity);
  });

  test('needs a single score', () => {
    const spec: TransformedSpec = { type: 'transformed', steps: ['exp'] };
    expect(() => numberOutputKind(spec).compile(spec, new Float64Array(2), 0, 'output')).toThrow(
      expect.objectContaining({ path: 'output' }),
    );
  });
});
