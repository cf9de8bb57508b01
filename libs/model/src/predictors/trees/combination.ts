import { ArtifactError } from '../../artifact/artifact.error';
import { float64Values, int32Values } from '../../artifact/numeric-array';
import type { CheckedTrees } from './check-trees';
import type { TreesSpec } from './trees-spec';

/** How the leaves that a row reached become scores. */
export interface Combination {
  readonly scoreCount: number;
  /** Writes the scores of one row, from the leaf of each tree. */
  combine(reached: Int32Array, scores: Float64Array): void;
  /** The same for many rows, tree by tree; absent where all trees of a row are needed at once. */
  readonly block?: {
    start(scores: Float64Array, rowCount: number): void;
    /** Adds one tree, from the leaf of each row. */
    add(tree: number, reached: Int32Array, scores: Float64Array, rowCount: number): void;
    finish(scores: Float64Array, rowCount: number): void;
  };
}

/** @throws ArtifactError under `path` where the combination does not fit the trees */
export function compileCombination(
  spec: TreesSpec,
  trees: CheckedTrees,
  path: string,
): Combination {
  return spec.combine.type === 'sum'
    ? sum(spec.combine, spec.treeScores, trees, path)
    : weightedMedian(spec.combine, spec.treeScores, trees, path);
}

function sum(
  { base: baseArray, divisor = 1, precision }: TreesSpec['combine'] & { type: 'sum' },
  treeScores: TreesSpec['treeScores'],
  { leaves, leafWidth, roots }: CheckedTrees,
  path: string,
): Combination {
  const base = finiteValues(baseArray, `${path}.combine.base`);
  const scoreCount = base.length;
  const targets = treeScores && int32Values(treeScores);
  if (
    targets &&
    (targets.length !== roots.length || targets.some((k) => k < 0 || k >= scoreCount))
  ) {
    throw new ArtifactError(
      `${path}.treeScores`,
      `must name one of ${scoreCount} scores for each tree`,
    );
  }
  if (scoreCount === 0 || leafWidth !== (targets ? 1 : scoreCount)) {
    const wanted = targets ? 'one number' : `${scoreCount} numbers, as combine.base has`;
    throw new ArtifactError(`${path}.leaves`, `must have ${wanted} in each row`);
  }
  const round = precision === 'float32';
  const firstScore = (tree: number) => (targets ? targets[tree]! : 0);
  const start = (scores: Float64Array, rowCount: number) => {
    for (let row = 0; row < rowCount; row++) scores.set(base, row * scoreCount);
  };
  const finish = (scores: Float64Array, rowCount: number) => {
    if (divisor === 1) return;
    for (let i = 0; i < rowCount * scoreCount; i++) scores[i] = scores[i]! / divisor;
  };
  // In the order of the trees: another order would round to other sums.
  const addTo = (scores: Float64Array, first: number, leaf: number) => {
    for (let k = 0; k < leafWidth; k++) {
      const total = scores[first + k]! + leaves[leaf + k]!;
      scores[first + k] = round ? Math.fround(total) : total;
    }
  };
  return {
    scoreCount,
    combine(reached, scores) {
      start(scores, 1);
      for (let t = 0; t < roots.length; t++) addTo(scores, firstScore(t), reached[t]!);
      finish(scores, 1);
    },
    block: {
      start,
      add(tree, reached, scores, rowCount) {
        let position = firstScore(tree);
        for (let row = 0; row < rowCount; row++, position += scoreCount) {
          addTo(scores, position, reached[row]!);
        }
      },
      finish,
    },
  };
}

/** Drucker's rule of AdaBoost.R2: the first value, in rising order, with at least half of the weight below or at it. */
function weightedMedian(
  { weights: weightArray }: TreesSpec['combine'] & { type: 'weighted-median' },
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

function finiteValues(array: TreesSpec['roots'], path: string): Float64Array {
  const values = float64Values(array);
  if (!values.every(Number.isFinite)) throw new ArtifactError(path, 'must be finite numbers');
  return values;
}
