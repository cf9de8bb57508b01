import type { LinearOutput } from '../contract/linear-output';
import { type ClassLabel, type ClassOutputSpec, packArray, packMatrix } from '@inferserve/model';
import type { ConvertedClassifier } from '../contract/converter';

/** Rows of weights as ONNX has them, one for each class. */
export interface LinearRows {
  readonly classes: readonly ClassLabel[];
  readonly rows: readonly (readonly number[])[];
  readonly intercepts: readonly number[];
  readonly output: LinearOutput;
  readonly storedPrecision: 'float32' | 'float64';
}

const SINGLE_ROW: Partial<Record<LinearOutput, LinearOutput>> = {
  softmax: 'softmax-symmetric',
  'ovr-normalized': 'sigmoid',
};

/**
 * The predictor of k rows. Two rows where one is minus the other, as skl2onnx writes two classes, become the one
 * row that scikit-learn had: sigmoid for LOGISTIC, the softmax of (−z, z) for SOFTMAX.
 */
export function linearFromRows({
  classes,
  rows,
  intercepts,
  output,
  storedPrecision,
}: LinearRows): ConvertedClassifier {
  const [first = [], second = []] = rows;
  const mirrored =
    rows.length === 2 &&
    first.every((weight, j) => weight === -second[j]!) &&
    intercepts[0] === -intercepts[1]!;
  const kept = mirrored ? [second] : rows;
  return {
    task: 'classification',
    classes,
    predictor: {
      type: 'linear',
      coefficients: packMatrix(kept.flat(), first.length),
      intercepts: packArray(mirrored ? [intercepts[1]!] : intercepts),
      storedPrecision,
    },
    output: { type: mirrored ? (SINGLE_ROW[output] ?? output) : output } as ClassOutputSpec,
    detail: `${kept.length} × ${first.length}`,
  };
}
