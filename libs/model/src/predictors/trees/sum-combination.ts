import { ArtifactError } from '../../artifact/artifact.error';
import { int32Values, type NumericArray } from '../../artifact/numeric-array';
import type { CheckedTrees } from './check-trees';
import type { Combination } from './combination';
import { finiteValues } from './finite-values';
import type { SumSpec } from './trees-spec';

/**
 * Sums of leaves in the order of the trees (another order would round to other sums), divided at the end.
 * @throws ArtifactError under `path` where leaves, scores and trees do not fit one another
 */
export function compileSum(
  { base: baseArray, divisor = 1, precision }: SumSpec,
  treeScores: NumericArray | undefined,
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
    const problem = `must name one of ${scoreCount} scores for each tree`;
    throw new ArtifactError(`${path}.treeScores`, problem);
  }
  if (scoreCount === 0 || leafWidth !== (targets ? 1 : scoreCount)) {
    const wanted = targets ? 'one number' : `${scoreCount} numbers, as combine.base has`;
    throw new ArtifactError(`${path}.leaves`, `must have ${wanted} in each row`);
  }
  const rounds = precision === 'float32';
  const treeCount = roots.length;
  const start = (scores: Float64Array, rowCount: number) => {
    for (let row = 0; row < rowCount; row++) scores.set(base, row * scoreCount);
  };
  const finish = (scores: Float64Array, rowCount: number) => {
    if (divisor === 1) return;
    for (let i = 0; i < rowCount * scoreCount; i++) scores[i] = scores[i]! / divisor;
  };
  return {
    scoreCount,
    combine(reached, scores) {
      start(scores, 1);
      if (targets) addToTargets(leaves, reached, targets, rounds, scores);
      else if (leafWidth === 1) addNumbers(leaves, reached, treeCount, rounds, scores);
      else addRows(leaves, reached, treeCount, leafWidth, rounds, scores);
      finish(scores, 1);
    },
    block: {
      start,
      add(tree, reached, scores, rowCount) {
        const first = targets?.[tree] ?? 0;
        if (leafWidth === 1) {
          addTree(leaves, reached, rowCount, first, scoreCount, rounds, scores);
        } else {
          addTreeRows(leaves, reached, rowCount, leafWidth, rounds, scores);
        }
      },
      finish,
    },
  };
}

// One short loop for each shape: a common one, with a call in its middle, takes twice the time.

function addNumbers(
  leaves: Float64Array,
  reached: Int32Array,
  treeCount: number,
  rounds: boolean,
  scores: Float64Array,
): void {
  let total = scores[0]!;
  if (rounds) {
    for (let t = 0; t < treeCount; t++) total = Math.fround(total + leaves[reached[t]!]!);
  } else {
    for (let t = 0; t < treeCount; t++) total += leaves[reached[t]!]!;
  }
  scores[0] = total;
}

function addToTargets(
  leaves: Float64Array,
  reached: Int32Array,
  targets: Int32Array,
  rounds: boolean,
  scores: Float64Array,
): void {
  for (let t = 0; t < targets.length; t++) {
    const k = targets[t]!;
    const total = scores[k]! + leaves[reached[t]!]!;
    scores[k] = rounds ? Math.fround(total) : total;
  }
}

function addRows(
  leaves: Float64Array,
  reached: Int32Array,
  treeCount: number,
  leafWidth: number,
  rounds: boolean,
  scores: Float64Array,
): void {
  for (let t = 0; t < treeCount; t++) {
    const leaf = reached[t]!;
    for (let k = 0; k < leafWidth; k++) {
      const total = scores[k]! + leaves[leaf + k]!;
      scores[k] = rounds ? Math.fround(total) : total;
    }
  }
}

function addTree(
  leaves: Float64Array,
  reached: Int32Array,
  rowCount: number,
  first: number,
  scoreCount: number,
  rounds: boolean,
  scores: Float64Array,
): void {
  for (let row = 0, i = first; row < rowCount; row++, i += scoreCount) {
    const total = scores[i]! + leaves[reached[row]!]!;
    scores[i] = rounds ? Math.fround(total) : total;
  }
}

function addTreeRows(
  leaves: Float64Array,
  reached: Int32Array,
  rowCount: number,
  leafWidth: number,
  rounds: boolean,
  scores: Float64Array,
): void {
  for (let row = 0, i = 0; row < rowCount; row++) {
    const leaf = reached[row]!;
    for (let k = 0; k < leafWidth; k++, i++) {
      const total = scores[i]! + leaves[leaf + k]!;
      scores[i] = rounds ? Math.fround(total) : total;
    }
  }
}
