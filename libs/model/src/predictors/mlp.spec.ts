import { COMPILE_CONTEXT } from '../compile/compile-kinds';
import { clear, put, sparseVector } from '../vector';
import { largestDifference, scoreRow } from '../../../../test/support/score-row';
import type { MlpSpec } from './mlp';

const spec: MlpSpec = {
  type: 'mlp',
  activation: 'relu',
  layers: [
    {
      weights: [
        [1, -1],
        [2, 0.5],
      ],
      biases: [0, 1],
    },
    { weights: [[3], [10]], biases: [-2] },
  ],
};

describe('a multilayer perceptron', () => {
  // Row (1, 2): hidden sums 1 + 4 = 5 and -1 + 1 + 1 = 1. Row (3, 0): 3 and -2.
  test.each<[MlpSpec['activation'], readonly number[], number]>([
    ['relu', [1, 2], 3 * 5 + 10 - 2],
    ['relu', [3, 0], 3 * 3 + 0 - 2],
    ['identity', [3, 0], 3 * 3 - 10 * 2 - 2],
    ['tanh', [3, 0], 3 * Math.tanh(3) + 10 * Math.tanh(-2) - 2],
    ['logistic', [3, 0], 3 / (1 + Math.exp(-3)) + 10 / (1 + Math.exp(2)) - 2],
  ])('%s of %j', (activation, row, expected) => {
    expect(largestDifference(scoreRow({ ...spec, activation }, row), [expected])).toBeLessThan(
      1e-13,
    );
  });

  test('reads only the positions that a sparse row lists', () => {
    const input = sparseVector(2);
    const predictor = COMPILE_CONTEXT.predictor(spec, input, 'predictor');
    put(input, 0, 3);
    predictor.run(1);
    expect([...predictor.scores]).toEqual([7]);
    clear(input);
    put(input, 0, 1);
    put(input, 1, 2);
    predictor.run(1);
    expect([...predictor.scores]).toEqual([23]);
  });

  test('refuses a layer that does not take what the one before it gives', () => {
    const [first] = spec.layers;
    const faulty: MlpSpec = { ...spec, layers: [first!, { weights: [[3]], biases: [-2] }] };
    expect(() => scoreRow(faulty, [1, 2])).toThrow(
      expect.objectContaining({ path: 'predictor.layers[1].weights' }),
    );
  });
});
