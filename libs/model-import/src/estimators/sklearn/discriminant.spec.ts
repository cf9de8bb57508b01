import { PyGlobal } from '../../files/values/py-global';
import { NdArray, PyObject, type PyValue } from '../../files/values/py-value';
import { Conversion } from '../../assembly/conversion';
import { Estimator } from '../contract/estimator';
import { InputColumn } from '../layout/input-column';
import { Layout } from '../layout/layout';
import { quadraticDiscriminant } from './discriminant';

const array = (shape: readonly number[], ...values: number[]) =>
  new NdArray(
    { kind: 'f', bytes: 8, littleEndian: true },
    shape,
    false,
    new Uint8Array(Float64Array.from(values).buffer),
  );

/** A classifier of two columns with these variances along its axes. */
function convert(...variances: number[]) {
  const object = new PyObject(
    new PyGlobal('sklearn.discriminant_analysis', 'QuadraticDiscriminantAnalysis'),
    [],
  );
  object.state = new Map<PyValue, PyValue>([
    ['classes_', array([2], 0, 1)],
    ['means_', array([2, 2], 0, 0, 1, 1)],
    ['priors_', array([2], 0.5, 0.5)],
    ['rotations_', [array([2, 2], 1, 0, 0, 1), array([2, 2], 1, 0, 0, 1)]],
    ['scalings_', [array([2], 1, 1), array([2], ...variances)]],
  ]);
  const layout = Layout.ofInput([new InputColumn('a'), new InputColumn('b')]);
  return quadraticDiscriminant.convert(Estimator.from(object)!, layout, new Conversion());
}

describe('QuadraticDiscriminantAnalysis', () => {
  it.each([
    [1, 1e-31],
    [1, 0],
    [0, 0],
  ])('refuses the variances %d and %d', (...variances) => {
    expect(() => convert(...variances)).toThrow(/follow from one another.*reg_param/);
  });

  it('takes columns of very different scales', () => {
    expect(convert(1e9, 1e-9).predictor.type).toBe('quadratic');
  });
});
