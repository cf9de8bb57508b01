import { accuracy, confusionMatrix } from './confusion-matrix';

describe('confusionMatrix', () => {
  it("has true classes as rows, like scikit-learn's", () => {
    expect(confusionMatrix([0, 0, 1, 1, 2, 2, 2, 0], [0, 1, 1, 1, 2, 0, 2, 0], 3)).toEqual([
      [2, 1, 0],
      [0, 2, 0],
      [1, 0, 2],
    ]);
  });

  it('keeps a place for a class that does not occur', () => {
    expect(confusionMatrix([1], [1], 3)).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
  });

  it.each<[string, number[], number[], string]>([
    ['no rows', [], [], 'cannot compare 0 true classes with 0 predicted ones'],
    ['a missing prediction', [0, 1], [0], 'cannot compare 2 true classes with 1 predicted ones'],
    ['a true class that is none', [0, 3], [0, 0], 'row 1 has the classes 3 and 0'],
    ['a predicted class that is none', [0, 1], [0, -1], 'row 1 has the classes 1 and -1'],
    ['half a class', [0.5], [0], 'row 0 has the classes 0.5 and 0'],
  ])('refuses %s', (_, truth, predicted, message) => {
    const count = () => confusionMatrix(truth, predicted, 3);
    expect(count).toThrow(RangeError);
    expect(count).toThrow(message);
  });
});

describe('accuracy', () => {
  it('is the share on the diagonal', () => {
    expect(
      accuracy([
        [3, 1],
        [2, 4],
      ]),
    ).toBe(0.7);
  });
});
