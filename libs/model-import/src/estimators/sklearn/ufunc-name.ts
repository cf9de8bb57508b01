import { PyGlobal } from '../../files/values/py-global';
import { PyObject, type PyValue } from '../../files/values/py-value';

const SAME: ReadonlyMap<string, string> = new Map([
  ['abs', 'absolute'],
  ['fabs', 'absolute'],
]);

/** The numpy function that a value names: `numpy.log1p`, or numpy's record of one; `undefined` for anything else. */
export function ufuncName(value: PyValue): string | undefined {
  const name = globalName(value) ?? recordName(value);
  return name === undefined ? undefined : (SAME.get(name) ?? name);
}

function globalName(value: PyValue): string | undefined {
  return value instanceof PyGlobal && /^numpy\b/.test(value.module) ? value.name : undefined;
}

/** `_ufunc_reconstruct("numpy", "log1p")`, as numpy 1.x pickles ufuncs. */
function recordName(value: PyValue): string | undefined {
  if (!(value instanceof PyObject) || value.type.name !== '_ufunc_reconstruct') return undefined;
  const [module, name] = value.args;
  const isNumpy = typeof module === 'string' && /^numpy\b/.test(module);
  return isNumpy && typeof name === 'string' ? name : undefined;
}
