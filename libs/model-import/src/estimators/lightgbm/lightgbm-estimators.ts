import type { ClassLabel } from '@inferserve/model';
import { readLightGbmText } from '../../files/lightgbm/lightgbm-text';
import { labelsOf } from '../contract/arrays';
import type { ConvertedPredictor, PredictorConverter } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import { type Booster, boosterOf } from './booster';
import { convertBooster } from './convert-booster';
import { boosterInput } from './open-lightgbm';

const shared = {
  versions: 'LightGBM 3.3 to 4.6',
  exactness: '1e-12',
  takesCategories: true,
  missing: 'handled',
  input: (estimator: Estimator) => boosterInput(textOf(estimator)),
} as const;

const DOCS = 'gbdt, dart, goss and rf; categories, missing values, early stopping, linear trees';

/** The wrappers of LightGBM for scikit-learn, and its own Booster. */
export const lightGbmEstimators: readonly PredictorConverter[] = [
  {
    ...shared,
    names: ['lightgbm.LGBMClassifier'],
    role: 'classifier',
    docs: `binary, multiclass and multiclassova; ${DOCS}`,
    convert(estimator, input, context) {
      const classes = classesOf(estimator, (warning) => context.warn(warning));
      return convertBooster(textOf(estimator), input, context, {
        classes,
        rounds: roundsOf(estimator),
      });
    },
  },
  {
    ...shared,
    names: ['lightgbm.LGBMRegressor'],
    role: 'regressor',
    docs: `regression, l1, huber, fair, quantile, mape, poisson, gamma and tweedie; ${DOCS}`,
    convert: (estimator, input, context): ConvertedPredictor =>
      convertBooster(textOf(estimator), input, context, { rounds: roundsOf(estimator) }),
  },
  {
    ...shared,
    names: ['lightgbm.Booster'],
    role: 'regressor',
    docs: `the same objectives; one of classes answers with a class and its probabilities; ${DOCS}`,
    convert: (estimator, input, context): ConvertedPredictor =>
      convertBooster(textOf(estimator), input, context, { rounds: roundsOf(estimator) }),
  },
];

/** The text of the booster: pickles hold that and not trees. */
function textOf(estimator: Estimator): Booster {
  const booster = boosterObject(estimator);
  const text = booster.text('handle') ?? booster.text('_handle');
  if (text === undefined) {
    throw estimator.fault('holds no trees', 'Call fit before saving it.', '_Booster');
  }
  return boosterOf(readLightGbmText(Buffer.from(text)));
}

function boosterObject(estimator: Estimator): Estimator {
  return estimator.className === 'Booster' ? estimator : estimator.inner('_Booster');
}

/** The best round of early stopping, which prediction stops at; 0 for none. */
function roundsOf(estimator: Estimator): number {
  const rounds = boosterObject(estimator).number('best_iteration') ?? 0;
  return Number.isInteger(rounds) && rounds > 0 ? rounds : 0;
}

function classesOf(estimator: Estimator, warn: (warning: string) => void): ClassLabel[] {
  return labelsOf(estimator, estimator.has('_classes') ? '_classes' : 'classes_', warn);
}
