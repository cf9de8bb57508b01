import type { Converter } from '../contract/converter';
import { lightGbmEstimators } from '../lightgbm/lightgbm-estimators';
import { baggingClassifier, baggingRegressor } from '../sklearn/bagging';
import { binarizer } from '../sklearn/binarizer';
import { calibratedClassifier } from '../sklearn/calibrated-classifier';
import { categoricalNaiveBayes } from '../sklearn/categorical-naive-bayes';
import { columnTransformer } from '../sklearn/column-transformer';
import {
  independentComponents,
  principalComponents,
  randomProjections,
  truncatedSvd,
} from '../sklearn/decompositions';
import { quadraticDiscriminant } from '../sklearn/discriminant';
import { dictVectorizer } from '../sklearn/dict-vectorizer';
import { dummyClassifier, dummyRegressor } from '../sklearn/dummy';
import { featureUnion } from '../sklearn/feature-union';
import { fittedSelectors } from '../sklearn/fitted-selectors';
import { functionTransformer } from '../sklearn/function-transformer';
import { histGradientBoosting } from '../sklearn/hist-gradient-boosting/hist-gradient-boosting';
import { iterativeImputer } from '../sklearn/iterative-imputer';
import { isotonicRegression } from '../sklearn/isotonic-regression';
import { kBinsDiscretizer } from '../sklearn/k-bins-discretizer';
import { knnImputer } from '../sklearn/knn-imputer';
import { labelEncoders } from '../sklearn/label-encoders';
import { linearClassifiers } from '../sklearn/linear-classifiers';
import { linearRegressors } from '../sklearn/linear-regressors';
import { maxAbsScaler } from '../sklearn/max-abs-scaler';
import { minMaxScaler } from '../sklearn/min-max-scaler';
import { missingIndicator } from '../sklearn/missing-indicator';
import { mlpClassifier, mlpRegressor } from '../sklearn/mlp';
import {
  bernoulliNaiveBayes,
  complementNaiveBayes,
  gaussianNaiveBayes,
  multinomialNaiveBayes,
} from '../sklearn/naive-bayes';
import { nearestCentroid, neighboursClassifier, neighboursRegressor } from '../sklearn/neighbours';
import { normalizer } from '../sklearn/normalizer';
import { oneHotEncoder } from '../sklearn/one-hot-encoder';
import { oneVsOne } from '../sklearn/one-vs-one';
import { oneVsRest } from '../sklearn/one-vs-rest';
import { ordinalEncoder } from '../sklearn/ordinal-encoder';
import { partialLeastSquares } from '../sklearn/partial-least-squares';
import { pipeline } from '../sklearn/pipeline';
import { polynomialFeatures } from '../sklearn/polynomial-features';
import { powerTransformer } from '../sklearn/power-transformer';
import { quantileTransformer } from '../sklearn/quantile-transformer';
import { robustScaler } from '../sklearn/robust-scaler';
import { selectFromModel } from '../sklearn/select-from-model';
import { simpleImputer } from '../sklearn/simple-imputer';
import { splineTransformer } from '../sklearn/spline-transformer';
import { stackingClassifier, stackingRegressor } from '../sklearn/stacking';
import { standardScaler } from '../sklearn/standard-scaler';
import {
  oneClassSupportVectors,
  supportVectorClassifier,
  supportVectorRegressor,
} from '../sklearn/support-vectors';
import { targetEncoder } from '../sklearn/target-encoder';
import {
  countVectorizer,
  hashingVectorizer,
  tfidfTransformer,
  tfidfVectorizer,
} from '../sklearn/text-vectorizers';
import { transformedTarget } from '../sklearn/transformed-target';
import { adaBoost } from '../sklearn/trees/ada-boost';
import { forests } from '../sklearn/trees/forests';
import { gradientBoosting } from '../sklearn/trees/gradient-boosting';
import { isolationForest } from '../sklearn/trees/isolation-forest';
import { univariateSelectors } from '../sklearn/univariate-selectors';
import { varianceThreshold } from '../sklearn/variance-threshold';
import { votingClassifier, votingRegressor } from '../sklearn/voting';
import { frozenEstimator, searches } from '../sklearn/wrappers';
import { xgboostWrappers } from '../xgboost/xgboost-wrappers';

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
  knnImputer,
  iterativeImputer,
  functionTransformer,
  featureUnion,
  missingIndicator,
  oneHotEncoder,
  ordinalEncoder,
  targetEncoder,
  kBinsDiscretizer,
  binarizer,
  normalizer,
  polynomialFeatures,
  splineTransformer,
  powerTransformer,
  quantileTransformer,
  principalComponents,
  truncatedSvd,
  independentComponents,
  randomProjections,
  univariateSelectors,
  varianceThreshold,
  selectFromModel,
  fittedSelectors,
  ...linearClassifiers,
  ...linearRegressors,
  partialLeastSquares,
  isotonicRegression,
  transformedTarget,
  ...forests,
  ...gradientBoosting,
  ...histGradientBoosting,
  ...adaBoost,
  isolationForest,
  ...xgboostWrappers,
  oneVsRest,
  calibratedClassifier,
  gaussianNaiveBayes,
  multinomialNaiveBayes,
  complementNaiveBayes,
  bernoulliNaiveBayes,
  categoricalNaiveBayes,
  quadraticDiscriminant,
  supportVectorClassifier,
  supportVectorRegressor,
  oneClassSupportVectors,
  neighboursClassifier,
  neighboursRegressor,
  nearestCentroid,
  mlpClassifier,
  mlpRegressor,
  votingClassifier,
  votingRegressor,
  stackingClassifier,
  stackingRegressor,
  baggingClassifier,
  baggingRegressor,
  oneVsOne,
  dummyClassifier,
  dummyRegressor,
  ...lightGbmEstimators,
  countVectorizer,
  tfidfVectorizer,
  hashingVectorizer,
  tfidfTransformer,
  dictVectorizer,
  labelEncoders,
];

const BY_NAME: ReadonlyMap<string, Converter> = new Map(
  CONVERTERS.flatMap((converter) => converter.names.map((name) => [name, converter] as const)),
);

/** The converter of a class, by package and class name. */
export function converterOf(key: string): Converter | undefined {
  return BY_NAME.get(key);
}
