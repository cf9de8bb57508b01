import { PyGlobal } from '../values/py-global';
import type { PyObject } from '../values/py-value';

/** The types that dill writes by their short names, `_load_type('slice')`. Code and functions are not here. */
const NAMED =
  /^(?:slice|object|set|frozenset|bytearray|complex|range|list|tuple|dict|int|float|bool|str|bytes)$/;

/**
 * The class that a call of dill returns: `_load_type('slice')` is a builtin, `_create_dtypemeta(numpy.float64)`
 * the class of a dtype. `undefined` for any other call.
 */
export function dillType({ type, args }: PyObject): PyGlobal | undefined {
  if (type.qualifiedName === 'dill._dill._create_dtypemeta') return new PyGlobal('numpy', 'dtype');
  if (type.qualifiedName !== 'dill._dill._load_type') return undefined;
  const [name] = args;
  return typeof name === 'string' && NAMED.test(name) ? new PyGlobal('builtins', name) : undefined;
}
