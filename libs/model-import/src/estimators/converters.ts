import type { Converter } from './converter';
import { calibratedClassifier } from './sklearn/calibrated-classifier';
import { columnTransformer } from './sklearn/column-transformer';
import { functionTransformer } from './sklearn/function-transformer';
import { labelEncoders } from './sklearn/label-encoders';
import { linearClassifiers } from './sklearn/linear-classifiers';
import { linearRegressors } from './sklearn/linear-regressors';
import { maxAbsScaler } from './sklearn/max-abs-scaler';
import { minMaxScaler } from './sklearn/min-max-scaler';
import { oneVsRest } from './sklearn/one-vs-rest';
import { pipeline } from './sklearn/pipeline';
import { robustScaler } from './sklearn/robust-scaler';
import { simpleImputer } from './sklearn/simple-imputer';
import { standardScaler } from './sklearn/standard-scaler';
import { transformedTarget } from './sklearn/transformed-target';
import { histGradientBoosting } from './sklearn/hist-gradient-boosting/hist-gradient-boosting';
import { adaBoost } from './sklearn/trees/ada-boost';
import { bagging } from './sklearn/trees/bagging';
import { forests } from './sklearn/trees/forests';
import { gradientBoosting } from './sklearn/trees/gradient-boosting';
import { isolationForest } from './sklearn/trees/isolation-forest';
import { frozenEstimator, searches } from './sklearn/wrappers';
import { xgboostWrappers } from './xgboost/xgboost-wrappers';

/** Every foreign class that can be imported; the documentation's table of estimators is made of it too. */
export const CONVERTERS: readonly Converter[] = [
  pipeline,
  searches,
  frozenEstimator,
  columnTransformer,
  standardScaler,
  minMaxScaler,
  maxAbsScaler,
  robustScaler,
  simpleImputer,
  functionTransformer,
  ...linearClassifiers,
  oneVsRest,
  calibratedClassifier,
  ...linearRegressors,
  transformedTarget,
  ...forests,
  ...gradientBoosting,
  ...histGradientBoosting,
  ...adaBoost,
  ...bagging,
  isolationForest,
  ...xgboostWrappers,
  labelEncoders,
];

const BY_NAME: ReadonlyMap<string, Converter> = new Map(
  CONVERTERS.flatMap((converter) => converter.names.map((name) => [name, converter] as const)),
);

/** The converter of a class, by package and class name. */
export function converterOf(key: string): Converter | undefined {
  return BY_NAME.get(key);
}
