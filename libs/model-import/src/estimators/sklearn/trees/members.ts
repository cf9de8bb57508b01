import { asNdArray } from '../../../files/numpy/as-nd-array';
import { decodeElements } from '../../../files/numpy/decode-elements';
import { Estimator } from '../../contract/estimator';
import { LIMITS } from '../../contract/limits';

/** The fitted estimators of an ensemble, out of a list or an object array. */
export function membersOf(ensemble: Estimator, name = 'estimators_'): Estimator[] {
  const value = ensemble.require(name);
  const array = asNdArray(value);
  const items = array ? decodeElements(array) : value;
  if (!Array.isArray(items) || items.length === 0 || items.length > LIMITS.treeMembers) {
    throw ensemble.fault('is not a list of fitted estimators', 'Fit it before saving it.', name);
  }
  return items.map((item, i) => {
    const member = Estimator.from(item, ensemble.stepName);
    if (member) return member;
    throw ensemble.fault(`holds something at ${i} that is no estimator`, 'Save it again.', name);
  });
}
