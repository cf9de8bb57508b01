import { readLinearClassifier } from './linear-classifier';
import { readMatMulClassifier } from './matmul-classifier';
import { readLinearRegressor } from './linear-regressor';
import type { OnnxPredictorReader } from './onnx-reader';
import { readTreeClassifier, readTreeRegressor } from './tree-ensemble';

/** Every kind of predictor that is read out of an ONNX graph, in the order in which they are tried. */
export const ONNX_PREDICTORS: readonly OnnxPredictorReader[] = [
  readLinearClassifier,
  readMatMulClassifier,
  readLinearRegressor,
  readTreeClassifier,
  readTreeRegressor,
];
