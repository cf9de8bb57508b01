import type { ModelMember } from '@inferserve/model';
import type { PredictorConverter } from '../contract/converter';
import { classesOf } from './linear-classifiers';
import { classMember, estimatorsOf, firstEstimator } from './members';
import { responseOf } from './response';

/** One classifier for each pair of classes; the class with the most votes, the most confident one of several. */
export const oneVsOne: PredictorConverter = {
  names: ['sklearn.OneVsOneClassifier'],
  role: 'classifier',
  docs: 'over every supported classifier; no probabilities',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  takesCategories: true,
  missing: 'handled',
  inputInside: firstEstimator,
  convert(classifier, input, context) {
    const classes = classesOf(classifier, context);
    const estimators = estimatorsOf(classifier, 'estimators_');
    const pairs = (classes.length * (classes.length - 1)) / 2;
    if (estimators.length !== pairs) {
      throw classifier.fault(
        `does not hold ${pairs} estimators`,
        'Save the fitted model again.',
        'estimators_',
      );
    }
    const responses = new Set(estimators.map(responseOf));
    const [from] = responses;
    if (responses.size !== 1 || from === undefined) {
      throw classifier.fault('mixes kinds of estimators', 'Fit it on one kind.', 'estimators_');
    }
    const members: ModelMember[] = estimators.map(
      (estimator) => classMember(estimator, input, 2, context).member,
    );
    return {
      task: 'classification',
      classes,
      predictor: { type: 'pairs', classCount: classes.length, from, members },
      output: { type: 'scores-only' },
      detail: `${members.length} pairs`,
    };
  },
};
