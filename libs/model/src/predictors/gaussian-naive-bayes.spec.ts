import { largestDifference, probabilitiesOf, scoreRow } from '../../../../test/support/score-row';
import type { GaussianNaiveBayesSpec } from './gaussian-naive-bayes';

describe('Gaussian naive Bayes', () => {
  const spec: GaussianNaiveBayesSpec = {
    type: 'gaussian-naive-bayes',
    means: [
      [0, 1],
      [2, 1],
    ],
    variances: [
      [1, 4],
      [1, 4],
    ],
    logPriors: [Math.log(0.25), Math.log(0.75)],
  };

  test('adds the logarithms of prior and densities', () => {
    // Row (1, 3): both classes are 1 standard deviation away in each feature.
    const density = -Math.log(2 * Math.PI) / 2 - Math.log(2 * Math.PI * 4) / 2 - 0.5 - 0.5;
    const expected = [Math.log(0.25) + density, Math.log(0.75) + density];
    const scores = scoreRow(spec, [1, 3]);
    expect(largestDifference(scores, expected)).toBeLessThan(1e-15);
    const probabilities = probabilitiesOf({ type: 'softmax' }, scores, 2);
    expect(largestDifference(probabilities, [0.25, 0.75])).toBeLessThan(1e-15);
  });

  test.each<[string, Partial<GaussianNaiveBayesSpec>, string]>([
    [
      'a variance of 0',
      {
        variances: [
          [1, 0],
          [1, 1],
        ],
      },
      'predictor.variances',
    ],
    ['another width', { means: [[1], [2]] }, 'predictor.means'],
  ])('refuses %s', (_, change, path) => {
    const faulty = { ...spec, ...change };
    expect(() => scoreRow(faulty, [1, 3])).toThrow(expect.objectContaining({ path }));
  });
});
