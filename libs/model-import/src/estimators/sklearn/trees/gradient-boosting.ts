import type { TreeNodes } from '@inferserve/model';
import { arrayOf } from '../../contract/arrays';
import type { ConvertedPredictor, PredictorConverter } from '../../contract/converter';
import type { Estimator } from '../../contract/estimator';
import type { Layout } from '../../layout/layout';
import { FLOAT32_MAGNITUDE } from '../../trees/float32-magnitude';
import { treesPredictor } from '../../trees/trees-predictor';
import { boostedClasses } from './boosted-classes';
import { initialScores, type Loss } from './initial-scores';
import { membersOf } from './members';
import { treeArrays } from './tree-arrays';

const COMMON = {
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  missing: 'rejected',
} as const;

const CLASSIFIER_LOSSES: ReadonlyMap<string, Loss> = new Map([
  ['log_loss', 'log-loss'],
  ['deviance', 'log-loss'],
  ['exponential', 'exponential'],
]);

/** GradientBoosting of scikit-learn: init + learning_rate × value of each stage. */
export const gradientBoosting: readonly PredictorConverter[] = [
  {
    ...COMMON,
    role: 'classifier',
    names: ['sklearn.GradientBoostingClassifier'],
    docs: 'every loss; init="zero" or the default one',
    convert(estimator, input, context) {
      const { classes, scoreCount } = boostedClasses(estimator, context);
      const loss = CLASSIFIER_LOSSES.get(estimator.text('loss') ?? '');
      if (!loss) throw estimator.fault('is of a loss that is not supported', REMEDY, 'loss');
      // Up to 1.3 the class came from the probabilities, which are 1/2 also for scores just above 0.
      const decision = estimator.isSince(1, 4) ? 'not-negative' : 'probability';
      return {
        task: 'classification',
        classes,
        output:
          scoreCount > 1
            ? { type: 'softmax' }
            : {
                type: 'sigmoid',
                decision,
                ...(loss === 'exponential' && { temperature: 0.5 }),
              },
        ...stages(estimator, input, scoreCount, loss),
      };
    },
  },
  {
    ...COMMON,
    role: 'regressor',
    names: ['sklearn.GradientBoostingRegressor'],
    docs: 'every loss; init="zero" or the default one',
    convert: (estimator, input) => ({
      task: 'regression',
      output: { type: 'identity' },
      ...stages(estimator, input, 1, 'regression'),
    }),
  },
];

const REMEDY = 'Fit it again with a loss that docs/import-your-model.md lists.';

function stages(
  estimator: Estimator,
  input: Layout,
  scoreCount: number,
  loss: Loss,
): Pick<ConvertedPredictor, 'predictor' | 'detail'> {
  input.useAsNumbers(FLOAT32_MAGNITUDE);
  const rate = estimator.number('learning_rate');
  if (rate === undefined || !Number.isFinite(rate)) {
    throw estimator.fault('is not a finite number', 'Save the model again.', 'learning_rate');
  }
  const { shape } = arrayOf(estimator, 'estimators_');
  if (shape.length !== 2 || shape[1] !== scoreCount) {
    const problem = `has shape (${shape.join(', ')}) for ${scoreCount} scores`;
    throw estimator.fault(problem, 'Save the model again.', 'estimators_');
  }
  const base = initialScores(estimator, scoreCount, loss);
  const members = membersOf(estimator);
  const trees = function* (): Generator<TreeNodes> {
    for (const member of members) {
      const arrays = treeArrays(member);
      if (arrays.width !== 1) throw member.fault('is not a regression tree', 'Save it again.');
      const values = arrays.values.map((value) => rate * value);
      yield { ...arrays, weight: arrays.sampleCounts, values };
    }
  };
  return treesPredictor(estimator, trees(), input, {
    precision: 'float32',
    comparison: '<=',
    missing: 'reject',
    infinite: 'reject',
    combine: { type: 'sum', base },
    leafWidth: 1,
    ...(scoreCount > 1 && { treeScores: members.map((_, t) => t % scoreCount) }),
    from: estimator.className,
  });
}
