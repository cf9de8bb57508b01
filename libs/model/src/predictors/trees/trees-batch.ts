import type { BatchScorer } from '../../compile/compiled-parts';
import type { Combination } from './combination';
import { type Forest, GROUP_SIZE } from './forest';
import type { SlotRow } from './slot-row';

/** Splits that one block may visit: at most 10 ms where nodes lie in the cache, 25 ms where they do not. */
const STEPS_PER_BLOCK = 3_000_000;
const MAX_ROWS = 1024;
/**
 * Rows that go through all trees before the next ones do: few, so that they stay in the first cache beside a small
 * tree, or all, so that a large tree is fetched once.
 */
const TILE_ROWS = 128;
const SMALL_TREE_NODES = 2048;
/** Rows wider than this are copied as slowly as they are scored. */
const MAX_SLOTS = 2048;

/**
 * Scores many rows tree by tree, so that each tree stays in the cache. `undefined` where one row after the
 * other is as good: very wide rows, and combinations that need all trees of a row at once.
 */
export function treesBatch<Slots extends Int32Array | Float64Array>(
  forest: Forest<Slots>,
  row: SlotRow<Slots>,
  { block, scoreCount }: Combination,
  {
    scores,
    treeCount,
    nodeCount,
    meanSteps,
  }: {
    readonly scores: Float64Array;
    readonly treeCount: number;
    readonly nodeCount: number;
    readonly meanSteps: number;
  },
): BatchScorer | undefined {
  const stride = row.slots.length;
  if (!block || stride > MAX_SLOTS) return undefined;
  const rows = Math.floor(STEPS_PER_BLOCK / (meanSteps + treeCount) / GROUP_SIZE) * GROUP_SIZE;
  const blockSize = Math.min(Math.max(rows, GROUP_SIZE), MAX_ROWS);
  const tileRows = nodeCount <= SMALL_TREE_NODES * treeCount ? TILE_ROWS : blockSize;
  // Allocated with the first block: many models never score one.
  let space: Space<Slots> | undefined;
  return {
    blockSize,
    hold(index) {
      space ??= allocate(row.slots, blockSize, scoreCount);
      const isScorable = row.fill();
      if (isScorable) space.slots.set(row.slots, index * stride);
      space.isScorable[index] = Number(isScorable);
    },
    run(count) {
      if (!space) return;
      const { slots, reached, scores: all } = space;
      block.start(all, count);
      for (let first = 0; first < count; first += tileRows) {
        const rows = Math.min(tileRows, count - first);
        const tile = slots.subarray(first * stride) as Slots;
        const sums = all.subarray(first * scoreCount);
        for (let tree = 0; tree < treeCount; tree++) {
          forest.descendBlock(tree, tile, stride, rows, reached);
          block.add(tree, reached, sums, rows);
        }
      }
      block.finish(all, count);
    },
    take(index) {
      const start = index * scoreCount;
      if (space?.isScorable[index] === 1) {
        for (let k = 0; k < scoreCount; k++) scores[k] = space.scores[start + k]!;
      } else {
        scores.fill(Number.NaN);
      }
    },
  };
}

interface Space<Slots> {
  readonly slots: Slots;
  readonly isScorable: Uint8Array;
  readonly reached: Int32Array;
  readonly scores: Float64Array;
}

function allocate<Slots extends Int32Array | Float64Array>(
  row: Slots,
  rows: number,
  scoreCount: number,
): Space<Slots> {
  const constructor = row.constructor as new (length: number) => Slots;
  return {
    slots: new constructor(rows * row.length),
    isScorable: new Uint8Array(rows),
    reached: new Int32Array(rows),
    scores: new Float64Array(rows * scoreCount),
  };
}
