import { type ModelMember, packArray, type PredictorSpec } from '@inferserve/model';
import { asNdArray } from '../../files/numpy/as-nd-array';
import type { PyValue } from '../../files/values/py-value';
import { vectorOf } from '../contract/arrays';
import type {
  ConvertContext,
  ConvertedClassifier,
  PredictorConverter,
} from '../contract/converter';
import { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';
import { LIMITS } from '../contract/limits';
import { linearCalibration } from './linear-calibration';
import { classesOf } from './linear-classifiers';
import { classMember, listOf } from './members';
import { responseOf } from './response';

const REMEDY = 'Fit CalibratedClassifierCV on an estimator that is supported.';

type CalibrateSpec = Extract<PredictorSpec, { type: 'calibrate' }>;
type CalibratorSpec = CalibrateSpec['calibrators'][number];

/**
 * The mean of calibrated classifiers; a single linear one with sigmoids is linear itself, and the rest keep
 * their calibrators as they are.
 */
export const calibratedClassifier: PredictorConverter = {
  names: ['sklearn.CalibratedClassifierCV'],
  role: 'classifier',
  docs: 'method sigmoid and isotonic, any ensemble, over every supported classifier',
  versions: '0.22 to 1.9',
  exactness: '1e-12',
  takesCategories: true,
  missing: 'handled',
  needsScaling(wrapper) {
    const [first] = listOf(wrapper.get('calibrated_classifiers_')) ?? [];
    return Estimator.from(Estimator.from(first)?.getAny('estimator', 'base_estimator'));
  },
  convert(wrapper, input, context) {
    const classes = classesOf(wrapper, context);
    const value = wrapper.require('calibrated_classifiers_');
    const parts = (Array.isArray(value) ? value : []).map((part, i) =>
      Estimator.from(part, `calibrated_classifiers_[${i}]`),
    );
    if (parts.length === 0 || parts.length > LIMITS.estimators || !parts.every((part) => part)) {
      throw wrapper.fault(
        'is not a list of calibrated classifiers',
        'Save the fitted model again.',
        'calibrated_classifiers_',
      );
    }
    const calibrated = parts as Estimator[];
    const [only] = calibrated;
    const linear =
      calibrated.length === 1 && linearCalibration(wrapper, only!, classes, input, context);
    if (linear) return linear;
    const members = calibrated.map((part): ModelMember => ({
      pipeline: [],
      predictor: calibrate(wrapper, part, classes, input, context),
      output: { type: 'shares' },
    }));
    const classCount = classes.length;
    return {
      task: 'classification',
      classes,
      predictor:
        members.length === 1
          ? members[0]!.predictor
          : { type: 'vote', by: 'probabilities', classCount, members },
      output: { type: 'shares' },
      detail: `${members.length} calibrated models`,
    };
  },
};

function calibrate(
  wrapper: Estimator,
  part: Estimator,
  classes: ConvertedClassifier['classes'],
  input: Layout,
  context: ConvertContext,
): CalibrateSpec {
  const inner = Estimator.from(part.getAny('estimator', 'base_estimator'));
  if (!inner) throw wrapper.fault('holds something that is no supported estimator', REMEDY);
  const { member } = classMember(inner, input, classes.length, context);
  const values = part.getAny('calibrators', 'calibrators_');
  const expected = classes.length === 2 ? 1 : classes.length;
  if (!Array.isArray(values) || values.length !== expected) {
    throw wrapper.fault(`does not hold ${expected} calibrators`, REMEDY, 'calibrated_classifiers_');
  }
  return {
    type: 'calibrate',
    member,
    from: responseOf(inner),
    classCount: classes.length,
    calibrators: values.map((value) => calibratorOf(wrapper, value)),
  };
}

function calibratorOf(wrapper: Estimator, value: PyValue): CalibratorSpec {
  const calibrator = Estimator.from(value);
  if (calibrator?.className === 'IsotonicRegression') {
    const count = asNdArray(calibrator.require('X_thresholds_'))?.size ?? 0;
    return {
      type: 'isotonic',
      x: packArray(vectorOf(calibrator, 'X_thresholds_', count)),
      y: packArray(vectorOf(calibrator, 'y_thresholds_', count)),
    };
  }
  const [a, b] = [calibrator?.number('a_'), calibrator?.number('b_')];
  if (a !== undefined && b !== undefined && Number.isFinite(a) && Number.isFinite(b)) {
    return { type: 'sigmoid', a, b };
  }
  throw (calibrator ?? wrapper).fault(
    'calibrates in a way that is not supported',
    'Fit it with method="sigmoid" or "isotonic".',
  );
}
