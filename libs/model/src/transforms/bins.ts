import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { float64Values, numericArraySchema } from '../artifact/numeric-array';
import { checkLength } from './checked-values';
import { elementwise } from './elementwise';
import type { TransformKind } from './transform-kind';

const schema = v.strictObject({
  type: v.literal('bins'),
  /** For each position of the input the edges between its bins, in ascending order. */
  edges: v.pipe(v.array(numericArraySchema), v.readonly()),
  from: v.optional(v.string()),
});

export type BinsSpec = v.InferOutput<typeof schema>;

/** Each number becomes that of its bin: how many edges are at most it (scikit-learn's KBinsDiscretizer). */
export const bins: TransformKind<BinsSpec> = {
  type: 'bins',
  schema,
  compile(spec, input, path) {
    checkLength(spec.edges.length, input.values.length, `${path}.edges`);
    const edges = spec.edges.map((numbers, j) => {
      const sorted = float64Values(numbers);
      const fault = sorted.findIndex(
        (edge, i) => !Number.isFinite(edge) || (i > 0 && edge < sorted[i - 1]!),
      );
      if (fault < 0) return sorted;
      const problem = 'must be a finite number and not below the one before it';
      throw new ArtifactError(`${path}.edges[${j}][${fault}]`, problem);
    });
    return elementwise(input, (value, j) =>
      Number.isNaN(value) ? value : countAtMost(value, edges[j]!),
    );
  },
  describe: ({ from, edges }) =>
    `${from ?? 'bins'}: ${edges.length} columns to the numbers of their bins`,
};

/** How many of ascending numbers are at most `value`. */
function countAtMost(value: number, sorted: Float64Array): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
