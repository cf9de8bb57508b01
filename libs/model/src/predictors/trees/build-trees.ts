import {
  type Matrix,
  type NumericArray,
  packArray,
  packMatrix,
} from '../../artifact/numeric-array';
import { CategorySetTable } from './category-set-table';
import { LeafTable } from './leaf-table';
import { orderTree, type TreeNodes } from './order-tree';
import type { CategoryRule, TreesSpec } from './trees-spec';

/** What `buildTrees` cannot take from the nodes. */
export type TreesOptions = Pick<
  TreesSpec,
  'precision' | 'comparison' | 'missing' | 'infinite' | 'missingNumbers' | 'combine' | 'from'
> & {
  /** Width of the row that the trees read. */
  readonly width: number;
  /** How many numbers `values` holds for each node. */
  readonly leafWidth: number;
  /** Which score each tree adds to; absent where leaves hold all of them. */
  readonly treeScores?: ArrayLike<number>;
  /** Needed where nodes test categories. */
  readonly categories?: {
    readonly rule: CategoryRule;
    /** For `listed-left-known`: the codes that the training data held, by position in the row. */
    readonly known?: ReadonlyMap<number, Iterable<number>>;
  };
};

/**
 * The predictor of trees as a library stores them, ready to serve: nodes ordered so that the path most
 * training rows took stands together, unreachable ones left out, equal leaves stored once.
 * @throws TreeStructureError for cycles, shared or missing nodes, thresholds that are NaN, leaves not finite
 */
export function buildTrees(trees: Iterable<TreeNodes>, options: TreesOptions): TreesSpec {
  const { width, leafWidth, treeScores, categories, ...rest } = options;
  const leaves = new LeafTable(leafWidth);
  const sets = new CategorySetTable();
  const roots: number[] = [];
  const parts = [];
  let nodeCount = 0;
  for (const tree of trees) {
    const place = { index: roots.length, offset: nodeCount, width };
    const part = orderTree(tree, place, leaves, categories && sets);
    roots.push(nodeCount);
    parts.push(part);
    nodeCount += part.left.length;
  }
  const cover = concatenate(Float64Array, parts, 'cover', nodeCount);
  return {
    type: 'trees',
    ...rest,
    roots: packArray(Int32Array.from(roots)),
    left: packArray(concatenate(Int32Array, parts, 'left', nodeCount)),
    tests: packArray(narrow(concatenate(Int32Array, parts, 'tests', nodeCount))),
    thresholds: packArray(narrowFloat(concatenate(Float64Array, parts, 'thresholds', nodeCount))),
    leaves: leafMatrix(leaves),
    ...(cover.every((weight) => weight > 0 && weight < Infinity) && { cover: packCover(cover) }),
    ...(treeScores && { treeScores: packArray(narrow(Int32Array.from(treeScores))) }),
    ...(categories && sets.size > 0 && { categories: categoriesSpec(categories, sets) }),
  };
}

type Part = ReturnType<typeof orderTree>;
type ArrayOf<Name extends keyof Part> = Part[Name];

function concatenate<Name extends keyof Part>(
  constructor: new (length: number) => ArrayOf<Name>,
  parts: readonly Part[],
  name: Name,
  length: number,
): ArrayOf<Name> {
  const all = new constructor(length);
  let offset = 0;
  for (const part of parts) {
    all.set(part[name], offset);
    offset += part[name].length;
  }
  return all;
}

/** In 16 bits where they suffice. */
function narrow(values: Int32Array): Int32Array | Uint16Array {
  return values.every((value) => value < 2 ** 16) ? Uint16Array.from(values) : values;
}

/** In single precision where that loses nothing. */
function narrowFloat(values: Float64Array): Float64Array | Float32Array {
  return values.every((value) => Math.fround(value) === value) ? Float32Array.from(values) : values;
}

/** Counts of rows as integers. */
function packCover(cover: Float64Array): NumericArray {
  const areCounts = cover.every((weight) => Number.isInteger(weight) && weight < 2 ** 31);
  return packArray(areCounts ? narrow(Int32Array.from(cover)) : narrowFloat(cover));
}

function leafMatrix(leaves: LeafTable): Matrix {
  return packMatrix(narrowFloat(leaves.toArray()), leaves.width);
}

function categoriesSpec(
  { rule, known }: NonNullable<TreesOptions['categories']>,
  sets: CategorySetTable,
): TreesSpec['categories'] {
  const knownSets = new CategorySetTable();
  for (const [feature, codes] of known ?? []) knownSets.add(feature, codes);
  return { rule, ...sets.toSpec(), ...(known && { known: knownSets.toSpec() }) };
}
