import { decodeElements } from '../../files/numpy/decode-elements';
import { scalarOf } from '../../files/numpy/scalar-of';
import { arrayOf } from '../arrays';
import type { TransformerConverter } from '../converter';

/** Nothing, for complete rows: a row with a missing value is refused. */
export const simpleImputer: TransformerConverter = {
  names: ['sklearn.SimpleImputer'],
  role: 'transformer',
  docs: 'numbers only; requests must be complete',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  missing: 'handled',
  convert(imputer, input, context) {
    const statistics = decodeElements(arrayOf(imputer, 'statistics_'));
    const missing = scalarOf(imputer.get('missing_values'));
    if (statistics.some((value) => typeof value === 'string')) {
      throw imputer.fault(
        'fills columns of text, which is not supported',
        'Fill them before sending the features, and save the rest of the pipeline.',
        'statistics_',
      );
    }
    if (imputer.flag('add_indicator', false) || !(missing === null || Number.isNaN(missing))) {
      throw imputer.fault(
        'changes complete rows too (add_indicator, or missing_values other than NaN)',
        'Impute outside the model, or leave the step out.',
      );
    }
    if (statistics.length !== input.width || !statistics.every(Number.isFinite)) {
      throw imputer.fault(
        'drops or fills columns that had no value in training',
        'Leave these columns out before fitting.',
        'statistics_',
      );
    }
    input.rejectMissing();
    context.warn('the SimpleImputer is left out: every request must state every feature');
    return { specs: [], output: input };
  },
};
