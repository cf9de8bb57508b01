import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { float64Values, numericArraySchema } from '../artifact/numeric-array';
import { clear, denseVector, put, sparseVector, type Vector } from '../vector';
import type { TransformKind } from './transform-kind';

const schema = v.strictObject({
  type: v.literal('tfidf'),
  /** Weight of each term; absent: all weigh the same. */
  idf: v.optional(numericArraySchema),
  /** Whether a count n becomes `1 + ln n` first. */
  sublinear: v.boolean(),
  norm: v.nullable(v.picklist(['l1', 'l2'])),
});

export type TfidfSpec = v.InferOutput<typeof schema>;

/** Counts of terms times their weights, then divided by the row's norm; a row of zeros stays one. */
export const tfidf: TransformKind<TfidfSpec> = {
  type: 'tfidf',
  schema,
  compile({ idf: weights, sublinear, norm }, input, path) {
    const width = input.values.length;
    const idf = weights && float64Values(weights);
    if (idf && idf.length !== width) {
      throw new ArtifactError(`${path}.idf`, `must have ${width} elements, not ${idf.length}`);
    }
    const output = input.nonzero ? sparseVector(width) : denseVector(width);
    const weigh = (position: number, count: number): number => {
      const frequency = sublinear ? Math.log(count) + 1 : count;
      return idf ? frequency * idf[position]! : frequency;
    };
    return {
      output,
      run() {
        if (output.nonzero) clear(output as Required<Vector>);
        else output.values.fill(0);
        let sum = 0;
        const { values } = input;
        forEachNonzero(input, (position) => {
          const value = weigh(position, values[position]!);
          put(output, position, value);
          sum += norm === 'l2' ? value * value : Math.abs(value);
        });
        if (norm === null || sum === 0) return;
        const divisor = norm === 'l2' ? Math.sqrt(sum) : sum;
        forEachNonzero(output, (position) => {
          output.values[position] = output.values[position]! / divisor;
        });
      },
    };
  },
  describe: ({ idf, sublinear, norm }) =>
    ['TF-IDF', idf && 'weighted', sublinear && 'sublinear', norm].filter(Boolean).join(', '),
};

function forEachNonzero({ values, nonzero }: Vector, visit: (position: number) => void): void {
  if (nonzero) {
    for (let i = 0; i < nonzero.count; i++) visit(nonzero.indices[i]!);
    return;
  }
  for (let j = 0; j < values.length; j++) if (values[j] !== 0) visit(j);
}
