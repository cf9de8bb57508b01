import { ArtifactError } from '../../artifact/artifact.error';
import { arrayLength, float64Values, int32Values, matrixShape } from '../../artifact/numeric-array';
import type { TreesSpec } from './trees-spec';

/** The arrays of a spec whose structure has been proved, decoded once. */
export interface CheckedTrees {
  readonly roots: Int32Array;
  readonly left: Int32Array;
  readonly tests: Int32Array;
  readonly thresholds: Float64Array;
  readonly leaves: Float64Array;
  /** Numbers of each leaf. */
  readonly leafWidth: number;
  readonly nodeCount: number;
  /** Greatest number of splits on a path, for each tree. */
  readonly depths: Int32Array;
  /** Number of splits on the mean path of each tree, summed over the trees. */
  readonly meanSteps: number;
}

/**
 * Proves in one pass that every root starts a tree: parents stand before their children, no node has two
 * parents, none has none, tests and leaves exist, thresholds are numbers or +Infinity and leaves are finite.
 * @throws ArtifactError under `path`
 */
export function checkTrees(spec: TreesSpec, testCount: number, path: string): CheckedTrees {
  const nodeCount = arrayLength(spec.left);
  for (const name of ['tests', 'thresholds'] as const) {
    if (arrayLength(spec[name]) === nodeCount) continue;
    throw new ArtifactError(`${path}.${name}`, `must have ${nodeCount} elements, as left has`);
  }
  const [leafCount, leafWidth] = matrixShape(spec.leaves) ?? [0, 0];
  if (leafCount === 0 || leafWidth === 0) {
    throw new ArtifactError(`${path}.leaves`, 'must be rows of one length');
  }
  const leaves = float64Values(spec.leaves);
  if (!leaves.every(Number.isFinite)) {
    throw new ArtifactError(`${path}.leaves`, 'must be finite numbers');
  }
  const arrays = {
    roots: checkRoots(int32Values(spec.roots), nodeCount, path),
    left: int32Values(spec.left),
    tests: int32Values(spec.tests),
    thresholds: float64Values(spec.thresholds),
  };
  const paths = checkNodes(arrays, testCount, leafCount, path);
  return { ...arrays, ...paths, leaves, leafWidth, nodeCount };
}

function checkRoots(roots: Int32Array, nodeCount: number, path: string): Int32Array {
  const isSorted = roots.every((root, t) => t === 0 || root > roots[t - 1]!);
  if (roots.length > 0 && roots[0] === 0 && isSorted && roots.at(-1)! < nodeCount) return roots;
  throw new ArtifactError(`${path}.roots`, `must rise from 0 and stay below ${nodeCount}`);
}

type Arrays = Pick<CheckedTrees, 'roots' | 'left' | 'tests' | 'thresholds'>;

function checkNodes(
  { roots, left, tests, thresholds }: Arrays,
  testCount: number,
  leafCount: number,
  path: string,
): Pick<CheckedTrees, 'depths' | 'meanSteps'> {
  // 0 where no parent has claimed the node yet, else its depth + 1.
  const levels = new Int32Array(left.length);
  const depths = new Int32Array(roots.length);
  let meanSteps = 0;
  for (let t = 0; t < roots.length; t++) {
    const end = roots[t + 1] ?? left.length;
    levels[roots[t]!] = 1;
    let deepest = 0;
    let leafSteps = 0;
    for (let i = roots[t]!; i < end; i++) {
      const level = levels[i]!;
      if (level === 0) throw new ArtifactError(`${path}.left`, `gives node ${i} no parent`);
      const child = left[i]!;
      if (child === 0) {
        const row = thresholds[i]!;
        if (!Number.isInteger(row) || row < 0 || row >= leafCount || tests[i] !== 0) {
          throw new ArtifactError(`${path}.thresholds[${i}]`, `must be one of ${leafCount} leaves`);
        }
        deepest = Math.max(deepest, level - 1);
        leafSteps += level - 1;
        continue;
      }
      if (child <= i || child + 1 >= end || levels[child] !== 0 || levels[child + 1] !== 0) {
        throw new ArtifactError(`${path}.left[${i}]`, 'must be a later node without a parent');
      }
      if (!(tests[i]! > 0 && tests[i]! <= testCount) || !(thresholds[i]! > -Infinity)) {
        throw new ArtifactError(`${path}.tests[${i}]`, 'must be a value of the row');
      }
      levels[child] = level + 1;
      levels[child + 1] = level + 1;
    }
    depths[t] = deepest;
    meanSteps += leafSteps / ((end - roots[t]! + 1) / 2);
  }
  return { depths, meanSteps };
}
