import type { TreeNodes } from '@inferserve/model';
import { labelsOf, vectorOf } from '../../contract/arrays';
import { asNdArray } from '../../../files/numpy/as-nd-array';
import type { PredictorConverter } from '../../contract/converter';
import type { Estimator } from '../../contract/estimator';
import { FLOAT32_MAGNITUDE } from '../../trees/float32-magnitude';
import { treesPredictor } from '../../trees/trees-predictor';
import { unwrapped } from '../unwrapped';
import { classShares } from './class-shares';
import { membersOf } from './members';
import { treeArrays } from './tree-arrays';

const COMMON = {
  docs: 'over decision trees, the default',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  missing: 'rejected',
} as const;

/** Shares below this are raised to it before their logarithm is taken (SAMME.R). */
const EPSILON = Number.EPSILON;

/** AdaBoost of decision trees: each leaf becomes what its tree adds to the decision of each class. */
export const adaBoost: readonly PredictorConverter[] = [
  {
    ...COMMON,
    role: 'classifier',
    names: ['sklearn.AdaBoostClassifier'],
    convert(estimator, input, context) {
      input.useAsNumbers(FLOAT32_MAGNITUDE);
      const classes = labelsOf(estimator, 'classes_', (warning) => context.warn(warning));
      const members = treesOf(estimator);
      const { weights, total } = weightsOf(estimator, members.length);
      const votes = votesBy(estimator, classes.length);
      const trees = function* (): Generator<TreeNodes> {
        for (const [t, member] of members.entries()) {
          const arrays = treeArrays(member);
          if (arrays.width !== classes.length) {
            throw member.fault(`has ${arrays.width} classes, not ${classes.length}`, SAVE_AGAIN);
          }
          const shares = classShares(member, arrays);
          yield { ...arrays, weight: arrays.sampleCounts, values: votes(shares, weights[t]!) };
        }
      };
      return {
        task: 'classification',
        classes,
        // Two classes: the sigmoid of the difference, which is the softmax of both.
        output: { type: 'softmax', temperature: classes.length - 1 },
        ...treesPredictor(estimator, trees(), input, {
          ...optionsOf(estimator),
          combine: { type: 'sum', base: classes.map(() => 0), divisor: total },
          leafWidth: classes.length,
        }),
      };
    },
  },
  {
    ...COMMON,
    role: 'regressor',
    names: ['sklearn.AdaBoostRegressor'],
    convert(estimator, input) {
      input.useAsNumbers(FLOAT32_MAGNITUDE);
      const members = treesOf(estimator);
      const { weights } = weightsOf(estimator, members.length);
      const trees = function* (): Generator<TreeNodes> {
        for (const member of members) {
          const arrays = treeArrays(member);
          yield { ...arrays, weight: arrays.sampleCounts };
        }
      };
      return {
        task: 'regression',
        output: { type: 'identity' },
        ...treesPredictor(estimator, trees(), input, {
          ...optionsOf(estimator),
          combine: { type: 'weighted-median', weights: [...weights] },
          leafWidth: 1,
        }),
      };
    },
  },
];

const SAVE_AGAIN = 'Check the model in Python and save it again.';

function optionsOf({ className }: Estimator) {
  return {
    precision: 'float32',
    comparison: '<=',
    missing: 'reject',
    infinite: 'reject',
    from: className,
  } as const;
}

function treesOf(estimator: Estimator): Estimator[] {
  return membersOf(estimator).map((member) => {
    const tree = unwrapped(member);
    if (/^sklearn\.(?:Decision|Extra)Tree(?:Classifier|Regressor)$/.test(tree.key)) return tree;
    throw tree.fault(
      `inside ${estimator.className} is not supported: only decision trees are`,
      'Fit it over a DecisionTree, which is the default.',
    );
  });
}

/** One weight for each tree; there can be more, which count in the total only. */
function weightsOf(estimator: Estimator, count: number) {
  const length = asNdArray(estimator.require('estimator_weights_'))?.size ?? 0;
  const all = vectorOf(estimator, 'estimator_weights_', length);
  const total = all.reduce((sum, weight) => sum + weight, 0);
  if (length >= count && total > 0) return { weights: all.subarray(0, count), total };
  throw estimator.fault(
    `holds ${length} weights for ${count} trees`,
    SAVE_AGAIN,
    'estimator_weights_',
  );
}

/** What the leaves of a tree add to each class: SAMME.R (Zhu et al., 2009) or SAMME. */
function votesBy(
  estimator: Estimator,
  classCount: number,
): (shares: Float64Array, weight: number) => Float64Array {
  const algorithm = estimator.text('algorithm') ?? (estimator.isSince(1, 6) ? 'SAMME' : 'SAMME.R');
  const isReal = algorithm === 'SAMME.R';
  // The classes that a tree does not predict lose weight since 1.4.
  const against = estimator.isSince(1, 4) ? -1 / (classCount - 1) : 0;
  return (shares, weight) => {
    const votes = new Float64Array(shares.length);
    for (let start = 0; start < shares.length; start += classCount) {
      const leaf = shares.subarray(start, start + classCount);
      if (isReal) {
        const logs = leaf.map((share) => Math.log(Math.max(share, EPSILON)));
        const sum = logs.reduce((total, log) => total + log, 0);
        for (let k = 0; k < classCount; k++) {
          votes[start + k] = (classCount - 1) * (logs[k]! - (1 / classCount) * sum);
        }
      } else {
        const predicted = leaf.indexOf(leaf.reduce((a, b) => Math.max(a, b)));
        for (let k = 0; k < classCount; k++) {
          votes[start + k] = k === predicted ? weight : against * weight;
        }
      }
    }
    return votes;
  };
}
