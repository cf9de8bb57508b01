import { PyGlobal } from '../../files/values/py-global';
import { PyObject, type PyValue } from '../../files/values/py-value';
import { Estimator } from '../contract/estimator';
import { logisticRule } from './logistic-rule';

function logistic(version: string | undefined, multiClass: PyValue | undefined, solver = 'lbfgs') {
  const object = new PyObject(
    new PyGlobal('sklearn.linear_model._logistic', 'LogisticRegression'),
    [],
  );
  object.state = new Map<PyValue, PyValue>([
    ['solver', solver],
    ...(version === undefined ? [] : [['_sklearn_version', version] as const]),
    ...(multiClass === undefined ? [] : [['multi_class', multiClass] as const]),
  ]);
  return Estimator.from(object)!;
}

const ruleOf = (classifier: Estimator, classCount: number, warnings: string[] = []) =>
  logisticRule(classifier, classCount, { warn: (warning) => void warnings.push(warning) });

/** Read from `LogisticRegression.predict_proba` of scikit-learn 0.22, 1.2, 1.5, 1.6 and 1.8. */
describe('logisticRule', () => {
  it.each([
    ['0.22.2', 'auto', 'lbfgs', 'sigmoid', 'softmax'],
    ['0.22.2', 'warn', 'liblinear', 'sigmoid', 'ovr-normalized'],
    ['0.24.2', 'auto', 'liblinear', 'sigmoid', 'ovr-normalized'],
    ['1.2.1', 'ovr', 'lbfgs', 'sigmoid', 'ovr-normalized'],
    ['1.2.1', 'multinomial', 'lbfgs', 'softmax-symmetric', 'softmax'],
    ['1.2.1', 'auto', 'saga', 'sigmoid', 'softmax'],
    ['1.2.1', 'auto', 'newton-cholesky', 'sigmoid', 'ovr-normalized'],
    ['1.5.2', 'deprecated', 'newton-cholesky', 'sigmoid', 'ovr-normalized'],
    ['1.6.1', 'deprecated', 'newton-cholesky', 'sigmoid', 'softmax'],
    ['1.6.1', 'deprecated', 'lbfgs', 'sigmoid', 'softmax'],
    ['1.7.1', 'deprecated', 'liblinear', 'sigmoid', 'ovr-normalized'],
    ['1.8.0', undefined, 'lbfgs', 'sigmoid', 'softmax'],
    ['1.9.1', undefined, 'lbfgs', 'sigmoid', 'softmax'],
    ['1.9.1', 'ovr', 'lbfgs', 'sigmoid', 'softmax'],
    ['1.10.0', undefined, 'lbfgs', 'sigmoid', 'softmax'],
    ['2.0', undefined, 'lbfgs', 'sigmoid', 'softmax'],
  ])('scikit-learn %s, multi_class %s, %s: %s or %s', (version, multiClass, solver, two, three) => {
    const classifier = logistic(version, multiClass, solver);
    expect(ruleOf(classifier, 2)).toBe(two);
    expect(ruleOf(classifier, 3)).toBe(three);
  });

  it('points out a remnant of an older version', () => {
    const warnings: string[] = [];
    ruleOf(logistic('1.9.1', undefined), 3, warnings);
    expect(warnings).toEqual([]);
    ruleOf(logistic('1.9.1', 'ovr'), 3, warnings);
    expect(warnings).toEqual([expect.stringMatching(/remnant/)]);
  });

  it.each([
    ['1.6.1', undefined, 'lbfgs', /multi_class: is missing/],
    ['1.6.1', 'other', 'lbfgs', /multi_class: is unknown/],
    [undefined, 'auto', 'newton-cholesky', /version that the file does not state/],
  ])('refuses to guess: %s, %s, %s', (version, multiClass, solver, reason) => {
    expect(() => ruleOf(logistic(version, multiClass, solver), 3)).toThrow(reason);
  });
});
