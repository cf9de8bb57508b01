import { scoreRow } from '../../../../test/support/score-row';
import { isotonic, type IsotonicSpec } from './isotonic';

const NAN = Number.NaN;

describe(isotonic.type, () => {
  const spec: IsotonicSpec = { type: 'isotonic', x: [0, 2, 3], y: [1, 5, 5], clip: false };
  const one: IsotonicSpec = { ...spec, x: [2], y: [7] };
  const answers = (of: IsotonicSpec): number[] =>
    [-1, 0, 0.5, 2, 2.5, 3, 4, NAN].map((value) => scoreRow(of, [value])[0]!);

  test('answers on the lines between its points, and nowhere else', () => {
    expect(answers(spec)).toEqual([NAN, 1, 2, 5, 5, 5, NAN, NAN]);
  });

  test('answers as at the outermost points beyond them', () => {
    expect(answers({ ...spec, clip: true })).toEqual([1, 1, 2, 5, 5, 5, 5, NAN]);
  });

  test('answers alike everywhere with one point', () => {
    expect(answers(one)).toEqual([7, 7, 7, 7, 7, 7, 7, NAN]);
  });

  test('refuses several columns, and points that do not ascend', () => {
    expect(() => scoreRow(spec, [1, 2])).toThrow(expect.objectContaining({ path: 'predictor' }));
    expect(() => scoreRow({ ...spec, x: [0, 2, 2] }, [1])).toThrow(
      expect.objectContaining({ path: 'predictor.x' }),
    );
  });
});
