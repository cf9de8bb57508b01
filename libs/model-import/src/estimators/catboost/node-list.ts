import type { TreeNodes } from '@inferserve/model';
import type { CatBoostSplit } from './split-reader';

/** The nodes of one tree, filled in any order; children have higher numbers than their parent. */
export class NodeList {
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly feature: Int32Array;
  private readonly threshold: Float64Array;
  private readonly missingLeft: Uint8Array;
  private readonly values: Float64Array;
  private readonly weight: Float64Array;
  private readonly categories = new Map<number, readonly number[]>();

  constructor(
    size: number,
    private readonly scoreCount: number,
  ) {
    this.left = new Int32Array(size).fill(-1);
    this.right = new Int32Array(size).fill(-1);
    this.feature = new Int32Array(size);
    this.threshold = new Float64Array(size);
    this.missingLeft = new Uint8Array(size);
    this.values = new Float64Array(size * scoreCount);
    this.weight = new Float64Array(size);
  }

  split(node: number, question: CatBoostSplit, whereFalse: number, whereTrue: number): void {
    // Listed categories go right.
    const isSwapped = question.othersAreTrue === true;
    this.left[node] = isSwapped ? whereTrue : whereFalse;
    this.right[node] = isSwapped ? whereFalse : whereTrue;
    this.feature[node] = question.position;
    this.threshold[node] = question.border;
    this.missingLeft[node] = Number(!question.missingIsTrue);
    if (question.codes) this.categories.set(node, question.codes);
  }

  /** @param weight of the training rows that reached it */
  leaf(node: number, values: ArrayLike<number>, weight: number): void {
    this.values.set(values, node * this.scoreCount);
    this.weight[node] = weight;
  }

  /** @param scale multiplies the leaves */
  finish(scale: number): TreeNodes {
    const { left, right, feature, threshold, missingLeft, categories, weight } = this;
    for (let node = left.length - 1; node >= 0; node--) {
      if (left[node]! >= 0) weight[node] = weight[left[node]!]! + weight[right[node]!]!;
    }
    const values = scale === 1 ? this.values : this.values.map((value) => value * scale);
    return { left, right, feature, threshold, missingLeft, categories, weight, values };
  }
}
