import type { LinearOutput } from '../contract/linear-output';
import type { ConvertContext } from '../contract/converter';
import type { Estimator } from '../contract/estimator';

const SAVE_AGAIN = 'Save the model again with the scikit-learn that fitted it.';

/**
 * How `LogisticRegression.predict_proba` of the scikit-learn that wrote the file treats its scores.
 * `multi_class` decides up to 1.7 ("warn", then "auto", then "deprecated" are the defaults); 1.8 removed it.
 */
export function logisticRule(
  classifier: Estimator,
  classCount: number,
  context: Pick<ConvertContext, 'warn'>,
): LinearOutput {
  const binary = classCount === 2;
  const modern: LinearOutput = binary ? 'sigmoid' : 'softmax';
  const oneVsRest: LinearOutput = binary ? 'sigmoid' : 'ovr-normalized';
  const multiClass = classifier.get('multi_class');
  const [major, minor] = classifier.release ?? [NaN, NaN];
  if (major > 1 || (major === 1 && minor >= 8)) {
    const stale = multiClass === 'ovr' || (multiClass === 'multinomial' && binary);
    if (stale) {
      context.warn(
        `multi_class="${multiClass}" is a remnant that ${classifier.writer} ignores; probabilities are its own: ${modern}`,
      );
    }
    return modern;
  }
  switch (multiClass) {
    case 'ovr':
    case 'warn':
      return oneVsRest;
    case 'multinomial':
      return binary ? 'softmax-symmetric' : 'softmax';
    case 'auto':
    case 'deprecated':
      return binary || !fitsMultinomial(classifier, minor) ? oneVsRest : 'softmax';
    default:
      if (multiClass === null && classifier.version === undefined) return modern;
      throw classifier.fault(
        `is ${multiClass === null ? 'missing' : 'unknown'}, which ${classifier.writer} does not leave so`,
        SAVE_AGAIN,
        'multi_class',
      );
  }
}

/** Whether the solver fits all classes together: liblinear never, newton-cholesky since 1.6. */
function fitsMultinomial(classifier: Estimator, minor: number): boolean {
  const solver = classifier.text('solver');
  if (solver !== 'newton-cholesky') return solver !== 'liblinear';
  if (Number.isNaN(minor)) {
    throw classifier.fault(
      'is "newton-cholesky", whose probabilities depend on a scikit-learn version that the file does not state',
      SAVE_AGAIN,
      'solver',
    );
  }
  return minor >= 6;
}
