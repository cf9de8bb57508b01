import { classify, handMade, probabilities } from '../../../../test/support/hand-made-model';

describe('outputs of linear scores, worked out by hand', () => {
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
