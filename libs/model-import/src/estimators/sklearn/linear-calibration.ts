import type { PyValue } from '../../files/values/py-value';
import type { ConvertContext, ConvertedClassifier } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';
import { checkWidth, type LinearParts, linearParts, linearPredictor } from './linear-classifiers';
import { unwrapped } from './unwrapped';

/**
 * Platt scaling of one linear classifier: p = 1/(1 + exp(a·z + b)) of each score z is the sigmoid of another
 * linear score, -a·z - b; normalised over three or more classes. `undefined` for any other calibration.
 */
export function linearCalibration(
  wrapper: Estimator,
  part: Estimator,
  classes: ConvertedClassifier['classes'],
  input: Layout,
  context: ConvertContext,
): ConvertedClassifier | undefined {
  const inner = Estimator.from(part.getAny('estimator', 'base_estimator'));
  const linear = inner && linearParts(unwrapped(inner), context);
  const calibrators = part.getAny('calibrators', 'calibrators_');
  if (!linear || linear.classes.length !== classes.length || !Array.isArray(calibrators)) {
    return undefined;
  }
  const slopes = calibrators.map(slopeOf).filter((slope) => slope !== undefined);
  const { rows } = linear.coefficients;
  if (slopes.length !== rows || calibrators.length !== rows) return undefined;
  checkWidth(wrapper, linear, input);
  input.useAsNumbers();
  input.rejectMissing();
  return linearPredictor({ ...rescaled(linear, slopes), classes });
}

function rescaled(
  linear: LinearParts,
  slopes: readonly (readonly [a: number, b: number])[],
): LinearParts {
  const { values, rows, columns } = linear.coefficients;
  return {
    ...linear,
    coefficients: {
      ...linear.coefficients,
      values: values.map((weight, i) => -slopes[Math.floor(i / columns)]![0] * weight),
    },
    intercepts: linear.intercepts.map((intercept, k) => -slopes[k]![0] * intercept - slopes[k]![1]),
    output: rows === 1 ? 'sigmoid' : 'ovr-normalized',
  };
}

function slopeOf(value: PyValue): readonly [a: number, b: number] | undefined {
  const calibrator = Estimator.from(value);
  const [a, b] = [calibrator?.number('a_'), calibrator?.number('b_')];
  const isSlope = a !== undefined && b !== undefined && Number.isFinite(a) && Number.isFinite(b);
  return isSlope ? [a, b] : undefined;
}
