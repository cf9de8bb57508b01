import { ArtifactError } from '../../artifact/artifact.error';
import { arrayLength, float64Values, type NumericArray } from '../../artifact/numeric-array';
import type { PredictorKind } from '../predictor-kind';
import type { Predictor } from '../../compile/compiled-parts';
import { compileCategorySets } from './category-sets';
import { type CheckedTrees, checkTrees } from './check-trees';
import type { Combination } from './combination';
import { compileCombination } from './compile-combination';
import type { Forest } from './forest';
import { packForest } from './packed-forest';
import { planSlots } from './slot-plan';
import { doubleRow, keyRow, type SlotRow } from './slot-row';
import { explainTrees, explanationSteps } from './explain-trees';
import { treesBatch } from './trees-batch';
import { treesSchema, type TreesSpec } from './trees-spec';
import { wideForest } from './wide-forest';

/**
 * Decision trees and their ensembles. A row with a value that the trees do not take has no scores (NaN).
 * Exact: each row reaches the leaf that it reaches in the library, and sums round as the library's do.
 */
export const trees: PredictorKind<TreesSpec> = {
  type: 'trees',
  schema: treesSchema,
  compile(spec, input, path) {
    if (spec.missingNumbers && spec.missing === 'reject') {
      throw new ArtifactError(`${path}.missingNumbers`, 'needs missing values to be allowed');
    }
    const width = input.values.length;
    const sets =
      spec.categories && compileCategorySets(spec.categories, width, `${path}.categories`);
    const setCount = sets?.features.length ?? 0;
    const checked = checkTrees(spec, 2 * (width + setCount), path);
    const combination = compileCombination(spec, checked, path);
    const readsAll = spec.missing === 'reject' || spec.infinite === 'reject';
    const plan = planSlots(checked.tests, width, setCount, readsAll);
    const packed =
      spec.precision === 'float32' ? packForest(checked, plan, spec.comparison) : undefined;
    const bound = packed
      ? bind(packed, keyRow(plan, input, spec, sets), combination, checked)
      : bind(
          wideForest(checked, plan, spec.comparison),
          doubleRow(plan, input, spec, sets),
          combination,
          checked,
        );
    const { cover, combine } = spec;
    const steps = explanationSteps(checked, width);
    if (!cover || combine.type !== 'sum' || steps === undefined) return bound;
    checkCover(cover, checked.nodeCount, `${path}.cover`);
    return {
      ...bound,
      explanationSteps: steps,
      // Decoded anew: few models are ever asked to explain themselves.
      explainer: () =>
        explainTrees(spec, cover, combine, checkTrees(spec, 2 * (width + setCount), path), {
          row: doubleRow(plan, input, spec, sets),
          slotOfTest: plan.slotOfTest,
          width,
          positionOf: (test) => {
            const number = (test - 1) >> 1;
            return number < width ? number : sets!.features[number - width]!;
          },
        }),
    };
  },
  describe: ({ from, roots, left }) =>
    `${from ?? 'trees'}: ${arrayLength(roots)} trees, ${arrayLength(left)} nodes`,
};

/** @throws ArtifactError under `path` */
function checkCover(cover: NumericArray, nodeCount: number, path: string): void {
  if (arrayLength(cover) === nodeCount && float64Values(cover).every((weight) => weight > 0))
    return;
  throw new ArtifactError(path, `must be ${nodeCount} numbers above 0`);
}

function bind<Slots extends Int32Array | Float64Array>(
  forest: Forest<Slots>,
  row: SlotRow<Slots>,
  combination: Combination,
  { roots, nodeCount, meanSteps }: CheckedTrees,
): Predictor {
  const treeCount = roots.length;
  const scores = new Float64Array(combination.scoreCount);
  const reached = new Int32Array(treeCount + 3);
  const batch = treesBatch(forest, row, combination, {
    scores,
    treeCount,
    nodeCount,
    meanSteps,
  });
  return {
    scores,
    run() {
      if (!row.fill()) {
        scores.fill(Number.NaN);
        return;
      }
      forest.descend(row.slots, reached);
      combination.combine(reached, scores);
    },
    ...(batch && { batch }),
  };
}
