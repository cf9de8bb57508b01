import { packMatrix, type TransformSpec } from '@inferserve/model';
import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { PyObject, type PyValue } from '../../files/values/py-value';
import type { TransformerConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';
import { listOf } from './members';
import { observeSamples } from './samples';

type SplinesSpec = Extract<TransformSpec, { type: 'splines' }>;
type Extrapolation = SplinesSpec['extrapolation'];

const MAX_DEGREE = 32;
const MODES: readonly string[] = ['error', 'constant', 'linear', 'continue', 'periodic'];
const SAVE_AGAIN = 'Check the transformer in Python and save it again.';

/** The values of the B-splines over the knots of each column. */
export const splineTransformer: TransformerConverter = {
  names: ['sklearn.SplineTransformer'],
  role: 'transformer',
  docs: 'every extrapolation, knots, degree up to 32, include_bias; handle_missing="zeros" without sparse_output; degree=0 without it and without extrapolation="linear"',
  versions: '1.0 to 1.9',
  exactness: '1e-12',
  missing: 'handled',
  convert(transformer, input) {
    const extrapolation = extrapolationOf(transformer);
    const degree = transformer.number('degree') ?? Number.NaN;
    if (!Number.isInteger(degree) || degree < 0 || degree > MAX_DEGREE) {
      throw transformer.fault(
        `is not a degree up to ${MAX_DEGREE}`,
        'Fit it again with a lower degree.',
        'degree',
      );
    }
    const isSparse = transformer.flag('sparse_output', false);
    const missingAsZeros = transformer.text('handle_missing') === 'zeros';
    checkCombination(transformer, degree, extrapolation, isSparse, missingAsZeros);
    if (!missingAsZeros) input.rejectMissing();
    const knots = knotsOf(transformer, input.width, degree, extrapolation);
    const length = knots[0]!.length;
    for (let i = degree; i < length - degree; i++) {
      observeSamples(
        input,
        knots.map((row) => row[i]!),
      );
    }
    const bias = transformer.flag('include_bias', true);
    const periodic = extrapolation === 'periodic' ? degree : 0;
    const count = length - degree - 1 - periodic - (bias ? 0 : 1);
    const names = input.names.flatMap((name) =>
      Array.from({ length: count }, (_, k) => (name === undefined ? undefined : `${name}_sp_${k}`)),
    );
    return {
      specs: [
        {
          type: 'splines',
          degree,
          knots: packMatrix(Float64Array.from(knots.flatMap((row) => [...row])), length),
          extrapolation,
          bias,
          ...(missingAsZeros && { missingAsZeros }),
          from: 'SplineTransformer',
        },
      ],
      output: Layout.computed(names, isSparse),
    };
  },
};

function extrapolationOf(transformer: Estimator): Extrapolation {
  const mode = transformer.text('extrapolation') ?? 'constant';
  if (MODES.includes(mode)) return mode as Extrapolation;
  throw transformer.fault('is no known extrapolation', SAVE_AGAIN, 'extrapolation');
}

/** What scikit-learn has no answer for that a row alone decides. */
function checkCombination(
  transformer: Estimator,
  degree: number,
  extrapolation: Extrapolation,
  isSparse: boolean,
  missingAsZeros: boolean,
): void {
  if (degree === 0 && (isSparse || extrapolation === 'linear')) {
    throw transformer.fault(
      'is 0, where scikit-learn mixes up splines beyond the knots if it goes on linearly or writes a sparse matrix',
      'Use KBinsDiscretizer, or extrapolation="continue" with sparse_output=False.',
      'degree',
    );
  }
  if (isSparse && missingAsZeros) {
    throw transformer.fault(
      'is "zeros" with a sparse matrix, where scikit-learn gives zeros for the first column only',
      'Fit it with sparse_output=False.',
      'handle_missing',
    );
  }
}

/** The knots of each column, those that were added on both sides included. */
function knotsOf(
  transformer: Estimator,
  width: number,
  degree: number,
  extrapolation: Extrapolation,
): Float64Array[] {
  const splines = listOf(transformer.require('bsplines_')) ?? [];
  const rows = splines.map((spline) => knotsIn(spline, degree));
  const length = rows[0]?.length ?? 0;
  const sound = rows.filter((row) => row?.length === length && row.every(Number.isFinite));
  const knots = sound as Float64Array[];
  if (knots.length !== width || rows.length !== width || length < 2 * degree + 2) {
    throw transformer.fault(
      `does not hold ${width} splines of degree ${degree} with equally many knots`,
      SAVE_AGAIN,
      'bsplines_',
    );
  }
  for (const [j, row] of knots.entries()) {
    const [first, last] = [row[degree]!, row[length - degree - 1]!];
    if (extrapolation === 'periodic' && first === last) {
      throw transformer.fault(
        `has a period of 0 for column ${j + 1}, which was constant in training`,
        'Leave the column out, or give the knots.',
        'bsplines_',
      );
    }
    if (extrapolation === 'linear' && degree > 1 && row[length - degree - 2] === last) {
      throw transformer.fault(
        `has two highest knots that are equal for column ${j + 1}, where its slope is not defined`,
        'Fit it with fewer knots, knots="uniform" or another extrapolation.',
        'bsplines_',
      );
    }
  }
  return knots;
}

/** `t` of a BSpline of this degree; `_t` since scipy 1.16. */
function knotsIn(spline: PyValue, degree: number): Float64Array | undefined {
  if (!(spline instanceof PyObject) || !(spline.state instanceof Map)) return undefined;
  if (spline.type.name !== 'BSpline' || Number(spline.state.get('k')) !== degree) return undefined;
  const array = asNdArray(spline.state.get('_t') ?? spline.state.get('t') ?? null);
  return array?.shape.length === 1 ? decodeNumbers(array) : undefined;
}
