import { ArtifactError } from '../../artifact/artifact.error';
import type { CheckedTrees } from './check-trees';
import type { Combination } from './combination';
import { finiteValues } from './finite-values';
import { compileSum } from './sum-combination';
import type { TreesSpec, WeightedMedianSpec } from './trees-spec';

/** @throws ArtifactError under `path` where the combination does not fit the trees */
export function compileCombination(
  spec: TreesSpec,
  trees: CheckedTrees,
  path: string,
): Combination {
  return spec.combine.type === 'sum'
    ? compileSum(spec.combine, spec.treeScores, trees, path)
    : weightedMedian(spec.combine, spec.treeScores, trees, path);
}

/** Drucker's rule of AdaBoost.R2: the first value, in rising order, with at least half of the weight below or at it. */
function weightedMedian(
  { weights: weightArray }: WeightedMedianSpec,
  treeScores: TreesSpec['treeScores'],
  { leaves, leafWidth, roots }: CheckedTrees,
  path: string,
): Combination {
  const weights = finiteValues(weightArray, `${path}.combine.weights`);
  if (weights.length !== roots.length || weights.some((weight) => weight < 0)) {
    throw new ArtifactError(
      `${path}.combine.weights`,
      `must be ${roots.length} weights of 0 or more`,
    );
  }
  if (leafWidth !== 1 || treeScores) {
    throw new ArtifactError(`${path}.leaves`, 'must have one number in each row for a median');
  }
  const order = Array.from(roots, (_, t) => t);
  return {
    scoreCount: 1,
    combine(reached, scores) {
      for (let t = 0; t < order.length; t++) order[t] = t;
      order.sort((a, b) => leaves[reached[a]!]! - leaves[reached[b]!]!);
      let total = 0;
      for (const t of order) total += weights[t]!;
      let below = 0;
      for (const t of order) {
        below += weights[t]!;
        scores[0] = leaves[reached[t]!]!;
        if (below >= 0.5 * total) return;
      }
    },
  };
}
