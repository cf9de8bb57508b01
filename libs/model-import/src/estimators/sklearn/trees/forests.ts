import type { TreeNodes } from '@inferserve/model';
import { labelsOf } from '../../contract/arrays';
import type {
  ConvertContext,
  ConvertedPredictor,
  PredictorConverter,
} from '../../contract/converter';
import type { Estimator } from '../../contract/estimator';
import type { Layout } from '../../layout/layout';
import { FLOAT32_MAGNITUDE } from '../../trees/float32-magnitude';
import { treesPredictor } from '../../trees/trees-predictor';
import { classShares } from './class-shares';
import { membersOf } from './members';
import { treeTakesMissing } from './missing-values';
import { refuseSeveralOutputs, type TreeArrays, treeArrays } from './tree-arrays';

interface Family {
  readonly names: readonly string[];
  readonly docs: string;
  /** The fitted trees, one or many. */
  members(estimator: Estimator): Estimator[];
}

const FAMILIES: readonly Family[] = [
  {
    names: ['DecisionTree', 'ExtraTree'],
    docs: 'every criterion; missing values where the version takes them; one output',
    members: (estimator) => [estimator],
  },
  {
    names: ['RandomForest', 'ExtraTrees'],
    docs: 'the mean of the trees; missing values where the version takes them; one output',
    members: (estimator) => membersOf(estimator),
  },
];

/** Decision trees and forests of them, classifiers and regressors. */
export const forests: readonly PredictorConverter[] = FAMILIES.flatMap(
  ({ names, docs, members }) => {
    const common = {
      docs,
      versions: '0.21 to 1.9',
      exactness: 'exact',
      missing: 'handled',
    } as const;
    return [
      {
        ...common,
        role: 'classifier',
        names: names.map((name) => `sklearn.${name}Classifier`),
        convert: (estimator, input, context) =>
          classifier(estimator, members(estimator), input, context),
      },
      {
        ...common,
        role: 'regressor',
        names: names.map((name) => `sklearn.${name}Regressor`),
        convert: (estimator, input) => regressor(estimator, members(estimator), input),
      },
    ] satisfies PredictorConverter[];
  },
);

function classifier(
  estimator: Estimator,
  members: readonly Estimator[],
  input: Layout,
  context: ConvertContext,
): ConvertedPredictor {
  refuseSeveralOutputs(estimator);
  const classes = labelsOf(estimator, 'classes_', (warning) => context.warn(warning));
  const leavesOf = (member: Estimator, arrays: TreeArrays) => {
    if (arrays.width === classes.length) return classShares(member, arrays);
    throw estimator.fault(
      `holds a tree of ${arrays.width} classes where there are ${classes.length}`,
      'Check the model in Python and save it again.',
    );
  };
  return {
    task: 'classification',
    classes,
    output: { type: 'shares' },
    ...meanOfTrees(estimator, members, input, classes.length, leavesOf),
  };
}

function regressor(
  estimator: Estimator,
  members: readonly Estimator[],
  input: Layout,
): ConvertedPredictor {
  refuseSeveralOutputs(estimator);
  const leavesOf = (_: Estimator, { values }: TreeArrays) => values;
  return {
    task: 'regression',
    output: { type: 'identity' },
    ...meanOfTrees(estimator, members, input, 1, leavesOf),
  };
}

function meanOfTrees(
  estimator: Estimator,
  members: readonly Estimator[],
  input: Layout,
  leafWidth: number,
  leavesOf: (member: Estimator, arrays: TreeArrays) => Float64Array,
) {
  input.useAsNumbers(FLOAT32_MAGNITUDE);
  const takesMissing = treeTakesMissing(members[0]!);
  if (!takesMissing) input.rejectMissing();
  const trees = function* (): Generator<TreeNodes> {
    for (const member of members) {
      const arrays = treeArrays(member);
      yield { ...arrays, weight: arrays.sampleCounts, values: leavesOf(member, arrays) };
    }
  };
  return treesPredictor(estimator, trees(), input, {
    precision: 'float32',
    comparison: '<=',
    missing: takesMissing ? 'allow' : 'reject',
    infinite: 'reject',
    combine: {
      type: 'sum',
      base: Array.from({ length: leafWidth }, () => 0),
      ...(members.length > 1 && { divisor: members.length }),
    },
    leafWidth,
    from: estimator.className,
  });
}
