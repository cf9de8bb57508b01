import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { denseVector } from '../vector';
import type { TransformKind } from './transform-kind';

/** Most products that a row may have. */
const MAX_TERMS = 2_000_000;

const degree = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64));

const schema = v.strictObject({
  type: v.literal('polynomial'),
  minDegree: degree,
  maxDegree: degree,
  /** Only products of different positions. */
  interactionOnly: v.boolean(),
  /** Whether a 1 comes first. */
  bias: v.boolean(),
  from: v.optional(v.string()),
});

export type PolynomialSpec = v.InferOutput<typeof schema>;

/** A product: the position of a product of one degree less (-1: none, the factor alone), and the factor. */
interface Terms {
  readonly parents: number[];
  readonly factors: number[];
  /** Where each degree starts; one entry more for the end. */
  readonly starts: number[];
}

/**
 * All products of `minDegree` to `maxDegree` positions, by degree and then in lexicographic order, each
 * multiplied from its last factor to its first (scikit-learn's PolynomialFeatures on dense rows).
 */
export const polynomial: TransformKind<PolynomialSpec> = {
  type: 'polynomial',
  schema,
  compile({ minDegree, maxDegree, interactionOnly, bias }, { values }, path) {
    if (minDegree > maxDegree) {
      throw new ArtifactError(`${path}.minDegree`, `must be at most maxDegree, ${maxDegree}`);
    }
    const { parents, factors, starts } = termsOf(values.length, maxDegree, interactionOnly, path);
    const products = new Float64Array(parents.length);
    const first = starts[Math.max(minDegree, 1) - 1] ?? products.length;
    const offset = bias ? 1 : 0;
    const output = denseVector(offset + products.length - first);
    const target = output.values;
    if (bias) target[0] = 1;
    return {
      output,
      run() {
        for (let i = 0; i < products.length; i++) {
          const factor = values[factors[i]!]!;
          products[i] = parents[i] === -1 ? factor : products[parents[i]!]! * factor;
        }
        target.set(first === 0 ? products : products.subarray(first), offset);
      },
    };
  },
  describe: ({ from, minDegree, maxDegree, interactionOnly }) =>
    `${from ?? 'polynomial'}: products of degree ${minDegree} to ${maxDegree}${interactionOnly ? ', interactions only' : ''}`,
};

function termsOf(width: number, maxDegree: number, interactionOnly: boolean, path: string): Terms {
  const parents: number[] = [];
  const factors: number[] = [];
  const starts = [0];
  /** Where, in the last degree, the products start whose first factor is this position or a later one. */
  let from: number[] = [];
  for (let exponent = 1; exponent <= maxDegree; exponent++) {
    const end = parents.length;
    const next: number[] = [];
    for (let factor = 0; factor < width; factor++) {
      next.push(parents.length);
      const start = from[interactionOnly ? factor + 1 : factor] ?? end;
      const added = exponent === 1 ? [-1] : range(start, end);
      if (parents.length + added.length > MAX_TERMS) {
        throw new ArtifactError(`${path}.maxDegree`, `gives more than ${MAX_TERMS} products`);
      }
      for (const parent of added) {
        parents.push(parent);
        factors.push(factor);
      }
    }
    starts.push(parents.length);
    from = next;
  }
  return { parents, factors, starts };
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}
