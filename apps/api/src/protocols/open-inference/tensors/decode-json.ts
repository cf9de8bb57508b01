import { type BodyPath, requestFault } from '../../shared/request-fault';
import type { Datatype } from './datatypes';
import type { Element } from './element';

/**
 * The elements of JSON `data`, nested as `shape` says or flat; null stands for a missing value.
 * @throws ProblemException where they do not fit the shape or the datatype
 */
export function decodeJson(
  data: unknown,
  shape: readonly number[],
  datatype: Datatype,
  path: BodyPath,
): ArrayLike<Element> {
  const { name, isElement } = datatype;
  if (!isElement) {
    const message = `${name} has no JSON form. Send it as binary data, or as FP32`;
    throw requestFault(path, message, 'datatype');
  }
  if (!Array.isArray(data)) throw requestFault(path, 'Input should be a list', 'list_type');
  const isNested = shape.length > 1 && Array.isArray(data[0]);
  const elements = isNested ? flatten(data, shape, path) : (data as unknown[]);
  const expected = shape.reduce((product, dimension) => product * dimension, 1);
  if (elements.length !== expected) {
    const message = `The shape asks for ${expected} elements, but there are ${elements.length}`;
    throw requestFault(path, message, 'shape_mismatch');
  }
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element !== null && !isElement(element)) {
      throw requestFault(path, `Element ${i} is not of type ${name}`, 'element_type');
    }
  }
  return elements as Element[];
}

function flatten(data: readonly unknown[], shape: readonly number[], path: BodyPath): unknown[] {
  let level: readonly unknown[] = [data];
  for (const [depth, dimension] of shape.entries()) {
    const next: unknown[] = [];
    for (const part of level) {
      if (!Array.isArray(part) || part.length !== dimension) {
        const message = `The lists at depth ${depth + 1} should all have ${dimension} members, as the shape says`;
        throw requestFault(path, message, 'shape_mismatch');
      }
      for (const member of part) next.push(member);
    }
    level = next;
  }
  return level as unknown[];
}
