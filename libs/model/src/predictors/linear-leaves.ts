import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { float64Values, int32Values, numericArraySchema } from '../artifact/numeric-array';
import type { PredictorKind } from './predictor-kind';
import { finiteValues } from './trees/finite-values';
import { trees as treesKind } from './trees/trees';
import { treesSchema } from './trees/trees-spec';

const schema = v.strictObject({
  type: v.literal('linear-leaves'),
  /** Each tree gives a score of its own: the number of the leaf that a row reaches, counted through all trees. */
  trees: treesSchema,
  /** Which of the scores each tree adds to. */
  treeScores: numericArraySchema,
  /** By leaf: the constant of its linear model, and the number for rows where a column of that is missing. */
  constants: numericArraySchema,
  fallbacks: numericArraySchema,
  /** By leaf: where its terms start among all of them; one more number for the end. */
  starts: numericArraySchema,
  /** By term: a position of the row, and what it is multiplied by. */
  positions: numericArraySchema,
  coefficients: numericArraySchema,
  from: v.optional(v.string()),
});

export type LinearLeavesSpec = v.InferOutput<typeof schema>;

/**
 * Trees with a linear model in each leaf, summed in the order of the trees, term after term (LightGBM's
 * `linear_tree`; Shi, Li and Li, 2018).
 */
export const linearLeaves: PredictorKind<LinearLeavesSpec> = {
  type: 'linear-leaves',
  schema,
  compile(spec, input, path, context) {
    const reached = treesKind.compile(spec.trees, input, `${path}.trees`, context);
    const targets = int32Values(spec.treeScores);
    if (targets.length !== reached.scores.length || targets.some((k) => k < 0)) {
      const problem = `must name a score for each of ${reached.scores.length} trees`;
      throw new ArtifactError(`${path}.treeScores`, problem);
    }
    const leafOf = leafScorer(spec, input.values, path);
    const scores = new Float64Array(Math.max(...targets) + 1);
    return {
      scores,
      run(unit) {
        reached.run(unit);
        scores.fill(0);
        for (let t = 0; t < targets.length; t++) {
          scores[targets[t]!] = scores[targets[t]!]! + leafOf(reached.scores[t]!);
        }
      },
    };
  },
  describe: ({ from, trees, constants }) =>
    `${from ?? 'trees'}: ${treesKind.describe(trees)}, ${float64Values(constants).length} linear models`,
};

/** What a leaf gives for the row in `values`. */
function leafScorer(
  spec: LinearLeavesSpec,
  values: Float64Array,
  path: string,
): (leaf: number) => number {
  const constants = finiteValues(spec.constants, `${path}.constants`);
  const fallbacks = finiteValues(spec.fallbacks, `${path}.fallbacks`);
  const coefficients = finiteValues(spec.coefficients, `${path}.coefficients`);
  const starts = int32Values(spec.starts);
  const positions = int32Values(spec.positions);
  const count = constants.length;
  const check = (name: keyof LinearLeavesSpec, isSound: boolean, problem: string) => {
    if (!isSound) throw new ArtifactError(`${path}.${name}`, problem);
  };
  check('fallbacks', fallbacks.length === count, `must have ${count} elements, as constants has`);
  check(
    'starts',
    starts.length === count + 1 && starts.every((start, i) => start >= (starts[i - 1] ?? 0)),
    `must be ${count + 1} numbers that rise`,
  );
  check('starts', starts[0] === 0 && starts.at(-1) === positions.length, 'must span all terms');
  check('positions', positions.length === coefficients.length, 'must be one for each coefficient');
  check(
    'positions',
    positions.every((at) => at >= 0 && at < values.length),
    'must be in the row',
  );
  const leaves = float64Values(spec.trees.leaves);
  const isLeaf = (leaf: number) => Number.isInteger(leaf) && leaf >= 0 && leaf < count;
  check('trees', leaves.every(isLeaf), `must lead to one of ${count} leaves`);
  return (leaf) => {
    // The trees have no answer for the row.
    if (!isLeaf(leaf)) return Number.NaN;
    let sum = constants[leaf]!;
    for (let i = starts[leaf]!; i < starts[leaf + 1]!; i++) {
      const value = values[positions[i]!]!;
      if (Number.isNaN(value)) return fallbacks[leaf]!;
      sum += coefficients[i]! * value;
    }
    return sum;
  };
}
