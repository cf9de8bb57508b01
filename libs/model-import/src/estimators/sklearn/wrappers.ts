import type { WrapperConverter } from '../contract/converter';

/** The best estimator of a search. */
export const searches: WrapperConverter = {
  names: [
    'sklearn.GridSearchCV',
    'sklearn.RandomizedSearchCV',
    'sklearn.HalvingGridSearchCV',
    'sklearn.HalvingRandomSearchCV',
  ],
  role: 'wrapper',
  attribute: 'best_estimator_',
  docs: 'the refitted best estimator',
  versions: '0.21 to 1.9',
  exactness: 'exact',
};

/** The estimator inside, which is not fitted again. */
export const frozenEstimator: WrapperConverter = {
  names: ['sklearn.FrozenEstimator'],
  role: 'wrapper',
  attribute: 'estimator',
  docs: 'the estimator inside',
  versions: '1.6 to 1.9',
  exactness: 'exact',
};
