import type { TreeNodes } from '@inferserve/model';
import type { PredictorConverter } from '../../contract/converter';
import type { Estimator } from '../../contract/estimator';
import { FLOAT32_MAGNITUDE } from '../../trees/float32-magnitude';
import { treesPredictor } from '../../trees/trees-predictor';
import { memberFeatures } from './member-features';
import { membersOf } from './members';
import { type TreeArrays, treeArrays } from './tree-arrays';

/** Euler's constant, with the digits that numpy has. */
const EULER_GAMMA = 0.577_215_664_901_532_9;

/** Outliers are class -1, inliers 1, as `predict` has them. */
export const isolationForest: PredictorConverter = {
  names: ['sklearn.IsolationForest'],
  role: 'classifier',
  docs: 'answers -1 for outliers and 1 for inliers',
  versions: '0.22 to 1.9',
  exactness: '1e-12',
  missing: 'rejected',
  convert(estimator, input) {
    input.useAsNumbers(FLOAT32_MAGNITUDE);
    const members = membersOf(estimator);
    const featuresOf = memberFeatures(estimator, members.length, input.width);
    const trees = function* (): Generator<TreeNodes> {
      for (const [t, member] of members.entries()) {
        const arrays = treeArrays(member);
        const feature = featuresOf(t, arrays.feature);
        yield {
          ...arrays,
          feature,
          weight: arrays.sampleCounts,
          values: pathLengths(member, arrays),
        };
      }
    };
    const samples = estimator.number('_max_samples') ?? estimator.number('max_samples_');
    const divisor = members.length * averagePathLength(samples ?? 0);
    const offset = estimator.number('offset_');
    if (!(divisor > 0) || offset === undefined) {
      throw estimator.fault('was fitted on fewer than two rows', 'Fit it on more rows.');
    }
    return {
      task: 'classification',
      classes: [-1, 1],
      output: { type: 'isolation', threshold: -offset },
      ...treesPredictor(estimator, trees(), input, {
        precision: 'float32',
        comparison: '<=',
        missing: 'reject',
        infinite: 'reject',
        combine: { type: 'sum', base: [0], divisor },
        leafWidth: 1,
        from: estimator.className,
      }),
    };
  },
};

/** Nodes on the path to each leaf, plus the mean length of a path among the rows that ended there, minus one. */
function pathLengths(member: Estimator, { left, right, sampleCounts }: TreeArrays): Float64Array {
  const lengths = new Float64Array(left.length);
  const depths = new Int32Array(left.length).fill(1);
  for (let i = 0; i < left.length; i++) {
    lengths[i] = depths[i]! + averagePathLength(sampleCounts[i]!) - 1;
    if (left[i]! < 0) continue;
    for (const child of [left[i]!, right[i]!]) {
      // One pass suffices, because scikit-learn stores parents before their children.
      if (!(child > i)) throw member.fault('holds a child before its parent', 'Save it again.');
      depths[child] = depths[i]! + 1;
    }
  }
  return lengths;
}

/** c(n) of Liu, Ting and Zhou (2008): the mean length of an unsuccessful search in a binary tree of n rows. */
function averagePathLength(rows: number): number {
  if (!(rows > 1)) return 0;
  if (rows === 2) return 1;
  return 2 * (Math.log(rows - 1) + EULER_GAMMA) - (2 * (rows - 1)) / rows;
}
