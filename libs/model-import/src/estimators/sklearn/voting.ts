import { type NumericArray, packArray } from '@inferserve/model';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { numberOf } from '../../files/numpy/scalar-of';
import { asNdArray } from '../../files/numpy/as-nd-array';
import type { PredictorConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { classesOf } from './linear-classifiers';
import { classMember, estimatorsOf, firstEstimator, listOf, numberMember } from './members';

const shared = {
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  takesCategories: true,
  inputInside: firstEstimator,
} as const;

/** Several classifiers that vote. */
export const votingClassifier: PredictorConverter = {
  ...shared,
  names: ['sklearn.VotingClassifier'],
  role: 'classifier',
  docs: 'hard and soft, with weights, over every supported classifier; hard votes have no probabilities',
  missing: 'handled',
  convert(classifier, input, context) {
    const classes = classesOf(classifier, context);
    const estimators = estimatorsOf(classifier, 'estimators_');
    const members = estimators.map(
      (estimator) => classMember(estimator, input, classes.length, context).member,
    );
    const isSoft = classifier.text('voting') === 'soft';
    return {
      task: 'classification',
      classes,
      predictor: {
        type: 'vote',
        by: isSoft ? 'probabilities' : 'classes',
        classCount: classes.length,
        ...weightsOf(classifier, members.length),
        members,
      },
      output: { type: isSoft ? 'shares' : 'scores-only' },
      detail: `${members.length} models`,
    };
  },
};

/** The mean of several regressors. */
export const votingRegressor: PredictorConverter = {
  ...shared,
  names: ['sklearn.VotingRegressor'],
  role: 'regressor',
  docs: 'with weights, over every supported regressor',
  missing: 'handled',
  convert(regressor, input, context) {
    const members = estimatorsOf(regressor, 'estimators_').map((estimator) =>
      numberMember(estimator, input, context),
    );
    return {
      task: 'regression',
      predictor: {
        type: 'vote',
        by: 'values',
        classCount: 0,
        ...weightsOf(regressor, members.length),
        members,
      },
      output: { type: 'identity' },
      detail: `${members.length} models`,
    };
  },
};

/** The weights of the estimators that were not dropped. */
function weightsOf(voting: Estimator, count: number): { readonly weights?: NumericArray } {
  const value = voting.get('weights');
  if (value === null) return {};
  const array = asNdArray(value);
  const all = array ? [...decodeNumbers(array)] : (listOf(value) ?? []).map(numberOf);
  const named = listOf(voting.get('estimators')) ?? [];
  const kept = all.filter((_, i) => {
    const estimator = listOf(named[i] ?? null)?.[1];
    return estimator !== 'drop' && (estimator !== null || named.length === 0);
  });
  const weights = kept.filter((weight) => weight !== undefined && Number.isFinite(weight));
  if (weights.length !== count || kept.length !== count) {
    throw voting.fault('does not weigh each estimator', 'Save the fitted model again.', 'weights');
  }
  return { weights: packArray(weights as number[]) };
}
