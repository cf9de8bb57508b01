import { isObject } from '../../../http/body/is-object';
import { type BodyPath, requestFault } from '../../shared/request-fault';

/** The parameters of a request, an input or an output; unknown ones are ignored, as the protocol has it. */
export interface Parameters {
  flag(name: string): boolean | undefined;
  count(name: string): number | undefined;
}

/**
 * The `parameters` of the object at `path`.
 * @throws ProblemException where they are no object of strings, numbers and booleans
 */
export function parametersOf(owner: object, path: BodyPath): Parameters {
  const value = memberOf(owner, 'parameters') ?? {};
  const at = [...path, 'parameters'];
  if (!isObject(value)) throw requestFault(at, 'Input should be an object', 'object_type');
  if (!Object.values(value).every(isScalar)) {
    const message = 'Each value should be a string, a number or a boolean';
    throw requestFault(at, message, 'parameter_type');
  }
  return {
    flag(name) {
      const flag = memberOf(value, name);
      if (flag === undefined || typeof flag === 'boolean') return flag;
      throw requestFault([...at, name], 'Input should be true or false', 'bool_type');
    },
    count(name) {
      const count = memberOf(value, name);
      if (count === undefined) return undefined;
      if (Number.isSafeInteger(count) && (count as number) >= 0) return count as number;
      throw requestFault([...at, name], 'Input should be a whole number from 0', 'int_type');
    },
  };
}

/** An own member of a parsed JSON object. */
export function memberOf(owner: object, name: string): unknown {
  return Object.hasOwn(owner, name) ? (owner as Record<string, unknown>)[name] : undefined;
}

/** Whether a JSON value is an object rather than a list or null. */
function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
