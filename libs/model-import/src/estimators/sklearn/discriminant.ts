import { packArray, packMatrix } from '@inferserve/model';
import { matrixOf, vectorOf } from '../contract/arrays';
import type { PredictorConverter } from '../contract/converter';
import { matricesOf } from './arrays-in-lists';
import { classesOf } from './linear-classifiers';
import { observeSamples } from './samples';

/** Variances this much below the largest one are rounding errors, and what is divided by them is noise. */
const LEAST_VARIANCE = 1e-20;
const SAVE_AGAIN = 'Check the model in Python and save it again.';

/** A normal density for each class, along its own axes. */
export const quadraticDiscriminant: PredictorConverter = {
  names: ['sklearn.QuadraticDiscriminantAnalysis'],
  role: 'classifier',
  docs: 'every setting; columns that depend on one another are refused',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  convert(classifier, input, context) {
    const classes = classesOf(classifier, context);
    const means = matrixOf(classifier, 'means_');
    const rotations = matricesOf(classifier, 'rotations_');
    const scalings = matricesOf(classifier, 'scalings_');
    const priors = vectorOf(classifier, 'priors_', classes.length);
    if (
      [rotations.length, scalings.length, means.rows].some((count) => count !== classes.length) ||
      priors.some((prior) => !(prior > 0))
    ) {
      throw classifier.fault(`does not describe ${classes.length} classes`, SAVE_AGAIN);
    }
    for (const { values } of scalings) {
      if (Math.min(...values) > LEAST_VARIANCE * Math.max(...values)) continue;
      throw classifier.fault(
        'was fitted on columns that follow from one another: its answers are rounding errors',
        'Leave such columns out, or fit it with reg_param=0.01.',
        'scalings_',
      );
    }
    const { columns } = means;
    const perClass = classes.map((_, k) => {
      const mean = means.values.slice(k * columns, (k + 1) * columns);
      observeSamples(input, mean);
      return {
        mean: packArray(mean),
        rotation: packMatrix(rotations[k]!.values, rotations[k]!.columns),
        scalings: packArray(scalings[k]!.values),
        logPrior: Math.log(priors[k]!),
      };
    });
    return {
      task: 'classification',
      classes,
      predictor: { type: 'quadratic', classes: perClass },
      output: { type: 'softmax' },
      detail: `${classes.length} × ${columns}`,
    };
  },
};
