import type { TreeNodes } from '@inferserve/model';
import { labelsOf } from '../../contract/arrays';
import type { PredictorConverter } from '../../contract/converter';
import type { Estimator } from '../../contract/estimator';
import { FLOAT32_MAGNITUDE } from '../../trees/float32-magnitude';
import { treesPredictor } from '../../trees/trees-predictor';
import { classShares } from './class-shares';
import { memberFeatures } from './member-features';
import { memberClasses } from './member-classes';
import { membersOf } from './members';
import { treeTakesMissing } from './missing-values';
import { treeArrays } from './tree-arrays';
import type { Layout } from '../../layout/layout';

const COMMON = {
  docs: 'over decision trees, the default',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  missing: 'handled',
} as const;

/** Bagging of decision trees: the mean of trees that see some of the columns each. */
export const bagging: readonly PredictorConverter[] = [
  {
    ...COMMON,
    role: 'classifier',
    names: ['sklearn.BaggingClassifier'],
    convert(estimator, input, context) {
      const classes = labelsOf(estimator, 'classes_', (warning) => context.warn(warning));
      return {
        task: 'classification',
        classes,
        output: { type: 'shares' },
        ...meanOfMembers(estimator, input, classes.length),
      };
    },
  },
  {
    ...COMMON,
    role: 'regressor',
    names: ['sklearn.BaggingRegressor'],
    convert: (estimator, input) => ({
      task: 'regression',
      output: { type: 'identity' },
      ...meanOfMembers(estimator, input, undefined),
    }),
  },
];

function meanOfMembers(estimator: Estimator, input: Layout, classCount: number | undefined) {
  input.useAsNumbers(FLOAT32_MAGNITUDE);
  const members = membersOf(estimator);
  for (const member of members) {
    if (/^sklearn\.(?:Decision|Extra)Tree(?:Classifier|Regressor)$/.test(member.key)) continue;
    throw member.fault(
      `inside ${estimator.className} is not supported: only decision trees are`,
      'Fit it over a DecisionTree, which is the default.',
    );
  }
  const takesMissing = members.every(treeTakesMissing);
  if (!takesMissing) input.rejectMissing();
  const featuresOf = memberFeatures(estimator, members.length, input.width);
  const trees = function* (): Generator<TreeNodes> {
    for (const [t, member] of members.entries()) {
      const arrays = treeArrays(member);
      const values =
        classCount === undefined
          ? arrays.values
          : memberClasses(member, classShares(member, arrays), arrays.width, classCount);
      yield {
        ...arrays,
        feature: featuresOf(t, arrays.feature),
        weight: arrays.sampleCounts,
        values,
      };
    }
  };
  return treesPredictor(estimator, trees(), input, {
    precision: 'float32',
    comparison: '<=',
    missing: takesMissing ? 'allow' : 'reject',
    infinite: 'reject',
    combine: {
      type: 'sum',
      base: Array.from({ length: classCount ?? 1 }, () => 0),
      divisor: members.length,
    },
    leafWidth: classCount ?? 1,
    from: estimator.className,
  });
}
