import { TrainingError } from '../training.error';
import { checkLabelledRows } from './check-labelled-rows';

const ROWS = [
  [1, 2],
  [3, 4],
  [5, 6],
];

describe('checkLabelledRows', () => {
  it('accepts finite rows of one width with every class present', () => {
    expect(() => checkLabelledRows({ rows: ROWS, labels: [1, 0, 1] }, 2)).not.toThrow();
  });

  it.each<[string, number[][], number[], number, string]>([
    ['one class', ROWS, [0, 0, 0], 1, 'there are 1 classes. '],
    ['no number of classes', ROWS, [0, 1, 0], NaN, 'there are NaN classes. '],
    ['no rows', [], [], 2, 'there are no features. '],
    ['no columns', [[], []], [0, 1], 2, 'there are no features. '],
    ['too few labels', ROWS, [0, 1], 2, 'there are 3 rows but 2 labels. '],
    ['a short row', [[1, 2], [3]], [0, 1], 2, 'row 1 has 1 features and row 0 has 2. '],
    [
      'a NaN',
      [
        [1, 2],
        [3, NaN],
      ],
      [0, 1],
      2,
      'row 1 has NaN for feature 1. ',
    ],
    ['an infinity', [[-Infinity], [3]], [0, 1], 2, 'row 0 has -Infinity for feature 0. '],
    ['a label beyond the classes', ROWS, [0, 1, 2], 2, 'row 2 has the label 2. '],
    ['a negative label', ROWS, [0, 1, -1], 2, 'row 2 has the label -1. '],
    ['half a label', ROWS, [0, 1, 0.5], 2, 'row 2 has the label 0.5. '],
    ['a class without rows', ROWS, [0, 2, 0], 3, 'class 1 has no row. '],
  ])('refuses %s', (_, rows, labels, classCount, message) => {
    const check = () => checkLabelledRows({ rows, labels }, classCount);
    expect(check).toThrow(TrainingError);
    expect(check).toThrow(message);
  });

  it('refuses what types cannot keep out', () => {
    const rows = [['1'], [2]] as unknown as number[][];
    expect(() => checkLabelledRows({ rows, labels: [0, 1] }, 2)).toThrow(
      'row 0 has 1 for feature 0',
    );
    const labels = ['0', '1'] as unknown as number[];
    expect(() => checkLabelledRows({ rows: [[1], [2]], labels }, 2)).toThrow(
      'row 0 has the label 0',
    );
  });
});
