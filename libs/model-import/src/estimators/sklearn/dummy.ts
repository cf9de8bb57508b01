import { packArray } from '@inferserve/model';
import { vectorOf } from '../contract/arrays';
import type { PredictorConverter } from '../contract/converter';
import { classesOf } from './linear-classifiers';

const shared = {
  versions: '0.21 to 1.9',
  exactness: 'exact',
  // Releases before 1.5 do not store how many columns there were.
  input: () => ({ count: 0, isOpen: true }),
} as const;

/** The same answer for every row. */
export const dummyClassifier: PredictorConverter = {
  ...shared,
  names: ['sklearn.DummyClassifier'],
  role: 'classifier',
  docs: 'strategies prior, most_frequent and constant; the random ones are refused; those before 1.5 take the columns of --features',
  missing: 'kept',
  convert(classifier, _, context) {
    const classes = classesOf(classifier, context);
    const priors = vectorOf(classifier, 'class_prior_', classes.length);
    const strategy = classifier.text('strategy');
    const constant = classifier.get('constant');
    let scores: readonly number[];
    if (strategy === 'prior') scores = [...priors];
    else {
      const chosen =
        strategy === 'most_frequent'
          ? priors.indexOf(Math.max(...priors))
          : strategy === 'constant'
            ? classes.findIndex((label) => label === constant)
            : -1;
      if (chosen < 0) {
        throw classifier.fault(
          `answers by the strategy "${strategy}", which is random or not known`,
          'Fit it with strategy="prior".',
          'strategy',
        );
      }
      scores = classes.map((_, k) => Number(k === chosen));
    }
    return {
      task: 'classification',
      classes,
      predictor: { type: 'constant', scores },
      output: { type: 'shares' },
      detail: strategy ?? 'constant',
    };
  },
};

/** The same number for every row. */
export const dummyRegressor: PredictorConverter = {
  ...shared,
  names: ['sklearn.DummyRegressor'],
  role: 'regressor',
  docs: 'every strategy; a single target; those before 1.5 take the columns of --features',
  missing: 'kept',
  convert(regressor) {
    const scores = packArray(vectorOf(regressor, 'constant_', 1));
    return {
      task: 'regression',
      predictor: { type: 'constant', scores },
      output: { type: 'identity' },
      detail: regressor.text('strategy') ?? 'constant',
    };
  },
};
