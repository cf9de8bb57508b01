import { readLinearClassifier } from './linear-classifier';
import { readMatMulClassifier } from './matmul-classifier';
import type { OnnxPredictorReader } from './onnx-reader';

/** Every kind of predictor that is read out of an ONNX graph, in the order in which they are tried. */
export const ONNX_PREDICTORS: readonly OnnxPredictorReader[] = [
  readLinearClassifier,
  readMatMulClassifier,
];
