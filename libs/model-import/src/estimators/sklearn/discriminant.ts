import { packArray, packMatrix } from '@inferserve/model';
import { matrixOf, vectorOf } from '../contract/arrays';
import type { PredictorConverter } from '../contract/converter';
import { matricesOf } from './arrays-in-lists';
import { classesOf } from './linear-classifiers';
import { observeSamples } from './samples';

const SAVE_AGAIN = 'Check the model in Python and save it again.';

/** A normal density for each class, along its own axes. */
export const quadraticDiscriminant: PredictorConverter = {
  names: ['sklearn.QuadraticDiscriminantAnalysis'],
  role: 'classifier',
  docs: 'every setting',
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
