import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeElements } from '../../files/numpy/decode-elements';
import { numberOf } from '../../files/numpy/scalar-of';
import type { TransformerConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';
import { combinations } from './combinations';

const MAX_DEGREE = 32;

/** Products of columns. */
export const polynomialFeatures: TransformerConverter = {
  names: ['sklearn.PolynomialFeatures'],
  role: 'transformer',
  docs: 'degree or (min_degree, max_degree), interaction_only, include_bias',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  convert(polynomial, input) {
    const [minDegree, maxDegree] = degreesOf(polynomial);
    const interactionOnly = polynomial.flag('interaction_only', false);
    const bias = polynomial.flag('include_bias', true);
    const products = combinations(input.length, minDegree, maxDegree, interactionOnly, polynomial);
    const names = products.map((product) => productName(product, input.names));
    return {
      specs: [
        {
          type: 'polynomial',
          minDegree,
          maxDegree,
          interactionOnly,
          bias,
          from: 'PolynomialFeatures',
        },
      ],
      output: Layout.computed(bias ? ['1', ...names] : names, input.isSparse),
    };
  },
};

function degreesOf(polynomial: Estimator): readonly [min: number, max: number] {
  const value = polynomial.get('degree');
  const array = asNdArray(value);
  const items = array && array.size > 1 ? decodeElements(array) : value;
  const [min = 0, max] = Array.isArray(items) ? items.map(numberOf) : [0, numberOf(value)];
  const isSound = [min, max].every((degree) => Number.isInteger(degree) && degree! >= 0);
  if (isSound && min <= max! && max! <= MAX_DEGREE) return [min, max!];
  throw polynomial.fault(
    `is not a degree up to ${MAX_DEGREE} or a pair of them`,
    'Fit it again with a lower degree.',
    'degree',
  );
}

/** `a^2 b`, as scikit-learn names it. */
function productName(
  product: readonly number[],
  names: readonly (string | undefined)[],
): string | undefined {
  const factors = [...new Set(product)];
  if (factors.some((factor) => names[factor] === undefined)) return undefined;
  return factors
    .map((factor) => {
      const power = product.filter((other) => other === factor).length;
      return power === 1 ? names[factor]! : `${names[factor]!}^${power}`;
    })
    .join(' ');
}
