import * as v from 'valibot';
import { elementwise, elementwiseSparse } from './elementwise';
import type { TransformKind } from './transform-kind';

const schema = v.strictObject({
  type: v.literal('normalize'),
  norm: v.picklist(['l1', 'l2', 'max']),
  from: v.optional(v.string()),
});

export type NormalizeSpec = v.InferOutput<typeof schema>;

/** scikit-learn takes a dense row whose norm is below this for a row of zeros. */
const LEAST_NORM = 10 * Number.EPSILON;

/** One value into the sum (or maximum) that gives the norm. */
const STEPS = {
  l1: (sum: number, value: number) => sum + Math.abs(value),
  l2: (sum: number, value: number) => sum + value * value,
  max: (most: number, value: number) => Math.max(most, Math.abs(value)),
} as const;

/** Divides a row by its norm; a row of zeros stays as it is (scikit-learn's Normalizer). */
export const normalize: TransformKind<NormalizeSpec> = {
  type: 'normalize',
  schema,
  compile({ norm: name }, { values, nonzero }) {
    const step = STEPS[name];
    let divisor = 1;
    const divide = (value: number) => value / divisor;
    if (nonzero) {
      const { output, run } = elementwiseSparse({ values, nonzero }, divide);
      return {
        output,
        run(unit) {
          let sum = 0;
          for (let i = 0; i < nonzero.count; i++) sum = step(sum, values[nonzero.indices[i]!]!);
          divisor = normOf(sum, name) || 1;
          run(unit);
        },
      };
    }
    const { output, run } = elementwise({ values }, divide);
    return {
      output,
      run(unit) {
        let sum = 0;
        for (let j = 0; j < values.length; j++) sum = step(sum, values[j]!);
        const norm = normOf(sum, name);
        divisor = norm < LEAST_NORM ? 1 : norm;
        run(unit);
      },
    };
  },
  describe: ({ from, norm }) => `${from ?? 'normalize'}: each row by its ${norm} norm`,
};

function normOf(sum: number, name: keyof typeof STEPS): number {
  return name === 'l2' ? Math.sqrt(sum) : sum;
}
