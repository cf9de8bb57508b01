import { APPLIED_FUNCTIONS, type AppliedFunction } from '@inferserve/model';
import { PyGlobal } from '../../files/values/py-global';
import { PyObject, type PyValue } from '../../files/values/py-value';
import type { TransformerConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';

const REMEDY = 'Apply it before sending the features, and save the rest of the pipeline.';
/** Other names of the same functions. */
const ALIASES: ReadonlyMap<string, AppliedFunction> = new Map([
  ['abs', 'absolute'],
  ['fabs', 'absolute'],
  ['degrees', 'rad2deg'],
  ['radians', 'deg2rad'],
]);
const IDENTITIES = new Set(['positive', '_identity', 'check_array']);

/** One function of numpy on every number, or nothing at all. */
export const functionTransformer: TransformerConverter = {
  names: ['sklearn.FunctionTransformer'],
  role: 'transformer',
  docs: `without a function, or one of numpy: ${APPLIED_FUNCTIONS.join(', ')}`,
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  takesCategories: true,
  missing: 'handled',
  convert(transformer, input) {
    // Before 0.22 the default was to validate, which refuses missing values.
    if (transformer.flag('validate', false)) input.rejectMissing();
    const name = functionName(transformer, transformer.get('func'));
    if (name === undefined) return { specs: [], output: input };
    input.useAsNumbers();
    for (const { source } of input.columns) source?.samples.push(0, 0.5, 1, 2.5);
    return {
      specs: [{ type: 'apply', function: name, from: 'FunctionTransformer' }],
      output: input.transformed(),
    };
  },
};

/** The function by its name in numpy; `undefined` where rows pass as they are. */
function functionName(transformer: Estimator, func: PyValue): AppliedFunction | undefined {
  if (func === null) return undefined;
  const { module, name } = globalOf(func);
  const known = ALIASES.get(name) ?? APPLIED_FUNCTIONS.find((candidate) => candidate === name);
  const hasArguments =
    transformer.get('kw_args') instanceof Map &&
    (transformer.get('kw_args') as Map<PyValue, PyValue>).size > 0;
  if (hasArguments) {
    throw transformer.fault('applies a function with arguments', REMEDY, 'kw_args');
  }
  if (/^(?:numpy|sklearn)\b/.test(module) && IDENTITIES.has(name)) return undefined;
  if (/^(?:numpy|builtins)\b/.test(module) && known !== undefined) return known;
  throw transformer.fault(
    `applies the function ${module}.${name}, which is not supported`,
    REMEDY,
    'func',
  );
}

/** A function stands in a file by its name; numpy 2 and dill call something with the name; a partial holds one. */
function globalOf(func: PyValue): { readonly module: string; readonly name: string } {
  if (func instanceof PyGlobal) return func;
  if (func instanceof PyObject) {
    const [first, second] = func.args;
    if (func.type.name === '_ufunc_reconstruct' && typeof second === 'string') {
      return { module: 'numpy', name: second };
    }
    const held = Array.isArray(func.state) ? func.state[0] : first;
    if (func.type.qualifiedName === 'functools.partial' && held instanceof PyGlobal) {
      if (held.name === 'check_array') return held;
    }
    return { module: func.type.module, name: func.type.name };
  }
  return { module: '?', name: 'that is no function' };
}
