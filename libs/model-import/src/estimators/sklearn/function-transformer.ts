import { PyGlobal } from '../../files/values/py-global';
import type { TransformerConverter } from '../converter';

/** Passes everything on where it has no function. */
export const functionTransformer: TransformerConverter = {
  names: ['sklearn.FunctionTransformer'],
  role: 'transformer',
  docs: 'without a function',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  takesCategories: true,
  missing: 'kept',
  convert(transformer, input) {
    const func = transformer.get('func');
    if (func === null) return { specs: [], output: input };
    const name = func instanceof PyGlobal ? ` ${func.qualifiedName}` : '';
    throw transformer.fault(
      `applies the function${name}, which is not supported`,
      'Apply it before sending the features, and save the rest of the pipeline.',
      'func',
    );
  },
};
