import { vectorOf } from '../../contract/arrays';
import type { ConvertedPredictor, PredictorConverter } from '../../contract/converter';
import type { Estimator } from '../../contract/estimator';
import type { Layout } from '../../layout/layout';
import { treesPredictor } from '../../trees/trees-predictor';
import { boostedClasses } from '../trees/boosted-classes';
import { histColumns, knownCodes } from './hist-columns';
import { histTrees, numbersOfRow } from './hist-trees';

const COMMON = {
  versions: '0.23 to 1.9',
  exactness: '1e-12',
  takesCategories: true,
  missing: 'kept',
} as const;

const LOG_LINKS: readonly string[] = ['poisson', 'gamma'];

/** HistGradientBoosting of scikit-learn, which compares doubles. */
export const histGradientBoosting: readonly PredictorConverter[] = [
  {
    ...COMMON,
    role: 'classifier',
    names: ['sklearn.HistGradientBoostingClassifier'],
    docs: 'missing values, categories by code and by name',
    convert(estimator, input, context) {
      const { classes, scoreCount } = boostedClasses(estimator, context);
      // Up to 1.3 the class came from the probabilities, which are 1/2 also for scores just above 0.
      const decision = estimator.isSince(1, 4) ? 'positive' : 'probability';
      return {
        task: 'classification',
        classes,
        output: scoreCount > 1 ? { type: 'softmax' } : { type: 'sigmoid', decision },
        ...iterations(estimator, input, scoreCount),
      };
    },
  },
  {
    ...COMMON,
    role: 'regressor',
    names: ['sklearn.HistGradientBoostingRegressor'],
    docs: 'every loss; missing values, categories by code and by name',
    convert(estimator, input) {
      const loss = estimator.get('loss');
      const isKnown = typeof loss === 'string';
      if (!isKnown)
        throw estimator.fault('is a loss of its own', 'Fit it with a named loss.', 'loss');
      return {
        task: 'regression',
        output: { type: LOG_LINKS.includes(loss) ? 'exp' : 'identity' },
        ...iterations(estimator, input, 1),
      };
    },
  },
];

function iterations(
  estimator: Estimator,
  input: Layout,
  scoreCount: number,
): Pick<ConvertedPredictor, 'predictor' | 'detail'> {
  const columns = histColumns(estimator, input);
  if (columns.length !== input.columns.length) {
    throw estimator.fault(
      `reads ${columns.length} columns, not ${input.columns.length}`,
      'Check the model in Python and save it again.',
    );
  }
  const known = new Map(
    [...knownCodes(estimator)].map(([feature, codes]) => [
      columns[feature]!.position,
      numbersOfRow(codes, columns[feature]!.codes),
    ]),
  );
  const trees = [...histTrees(estimator, scoreCount, columns)];
  return treesPredictor(estimator, trees, input, {
    precision: 'float64',
    comparison: '<=',
    missing: 'allow',
    infinite: 'allow',
    combine: { type: 'sum', base: [...vectorOf(estimator, '_baseline_prediction', scoreCount)] },
    leafWidth: 1,
    ...(scoreCount > 1 && { treeScores: trees.map((_, t) => t % scoreCount) }),
    ...(known.size > 0 && { categories: { rule: 'listed-left-known', known } }),
    from: estimator.className,
  });
}
