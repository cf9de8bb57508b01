import { packArray, type PredictorSpec, type TreeNodes } from '@inferserve/model';
import type { TextBlock } from '../../files/lightgbm/lightgbm-text';
import { boosterFault, numbersOf } from './booster';

type Trees = Extract<PredictorSpec, { type: 'trees' }>;

/** Whether any leaf of these trees holds a linear model. */
export function hasLinearLeaves(trees: readonly TextBlock[]): boolean {
  return trees.some((tree) => tree.get('is_linear') === '1');
}

/** The linear models in the leaves of trees (`linear_tree=True`), collected tree by tree. */
export class LinearLeaves {
  private readonly constants: number[] = [];
  private readonly fallbacks: number[] = [];
  private readonly starts = [0];
  private readonly positions: number[] = [];
  private readonly coefficients: number[] = [];

  constructor(private readonly featureCount: number) {}

  /** Takes the models of a tree; its nodes with the numbers of the leaves in place of their values. */
  add(tree: TextBlock, nodes: TreeNodes, index: number): TreeNodes {
    const inner = Math.floor(nodes.left.length / 2);
    const count = nodes.left.length - inner;
    const first = this.constants.length;
    const values = Array.from(nodes.values);
    const fallbacks = values.slice(inner);
    const isLinear = tree.get('is_linear') === '1';
    const constants = isLinear ? numbersOf(tree, 'leaf_const', count, index) : fallbacks;
    const sizes = isLinear ? [...numbersOf(tree, 'num_features', count, index)] : [];
    const total = sizes.reduce((sum, size) => sum + size, 0);
    // Terms of a leaf are followed by an extra blank.
    const positions = termsOf(tree, 'leaf_features', total, index);
    const coefficients = termsOf(tree, 'leaf_coeff', total, index);
    const isSound = positions.every(
      (at) => Number.isInteger(at) && at >= 0 && at < this.featureCount,
    );
    if (!isSound || sizes.some((size) => !(Number.isInteger(size) && size >= 0))) {
      throw boosterFault('has a linear model of columns that do not exist', `tree ${index}`);
    }
    if (![...constants, ...fallbacks].every(Number.isFinite)) {
      throw boosterFault('has a leaf that is no finite number', `tree ${index}`);
    }
    for (let leaf = 0; leaf < count; leaf++) {
      this.constants.push(constants[leaf]!);
      this.fallbacks.push(fallbacks[leaf]!);
      this.starts.push(this.starts.at(-1)! + (sizes[leaf] ?? 0));
      values[inner + leaf] = first + leaf;
    }
    for (const [i, position] of positions.entries()) {
      this.positions.push(position);
      this.coefficients.push(coefficients[i]!);
    }
    return { ...nodes, values };
  }

  /** @param trees which give the numbers of leaves, each tree as a score of its own */
  predictor(trees: Trees, treeScores: readonly number[]): PredictorSpec {
    return {
      type: 'linear-leaves',
      trees,
      treeScores: packArray(Int32Array.from(treeScores)),
      constants: packArray(Float64Array.from(this.constants)),
      fallbacks: packArray(Float64Array.from(this.fallbacks)),
      starts: packArray(Int32Array.from(this.starts)),
      positions: packArray(Int32Array.from(this.positions)),
      coefficients: packArray(Float64Array.from(this.coefficients)),
      from: 'LightGBM',
    };
  }
}

function termsOf(tree: TextBlock, key: string, count: number, index: number): readonly number[] {
  const parts = (tree.get(key) ?? '').split(' ').filter((part) => part !== '');
  const numbers = parts.map(Number);
  if (numbers.length === count && numbers.every((number) => Number.isFinite(number)))
    return numbers;
  if (count === 0 && numbers.length === 0) return numbers;
  throw boosterFault(`does not state ${count} numbers as ${key}`, `tree ${index}`);
}
