import { asNdArray } from '../files/numpy/as-nd-array';
import { decodeElements } from '../files/numpy/decode-elements';
import type { Estimator } from './estimator';
import type { FoldedTransformer } from './transformers';

/** Nothing, for complete rows: this server refuses a row with a missing value. */
export function simpleImputer(imputer: Estimator, width: number): FoldedTransformer {
  const statistics = asNdArray(imputer.require('statistics_'));
  const missing = asNdArray(imputer.get('missing_values')) ?? imputer.get('missing_values');
  const marksMissing = missing === null || Number.isNaN(missing);
  if (imputer.flag('add_indicator', false) || !marksMissing) {
    throw imputer.fault(
      'changes complete rows too (add_indicator, or missing_values other than NaN)',
      'Impute outside the model, or leave the step out.',
    );
  }
  const values = statistics ? decodeElements(statistics) : [];
  if (values.length !== width || !values.every(Number.isFinite)) {
    throw imputer.fault(
      'drops or fills columns that had no value in training',
      'Leave these columns out before fitting.',
      'statistics_',
    );
  }
  return {
    preprocessing: [],
    warnings: ['the SimpleImputer is left out: every request must state every feature'],
  };
}
