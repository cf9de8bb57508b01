import { stringsOf } from '../estimators/contract/arrays';
import { converterOf } from '../estimators/registry/converters';
import { Estimator } from '../estimators/contract/estimator';
import { LIMITS } from '../estimators/contract/limits';
import { overLimit } from '../files/bytes/over-limit';
import { asNdArray } from '../files/numpy/as-nd-array';
import { decodeElements } from '../files/numpy/decode-elements';
import { PyObject, type PyValue } from '../files/values/py-value';

/** What an estimator is to an importer: something that predicts, something before it, or label names. */
export type EstimatorRole = 'model' | 'transformer' | 'labels';

/** An estimator that a file holds, and where in its dictionaries and lists: `model`, `models.lr`, `0`. */
export interface Candidate {
  readonly path: string;
  readonly role: EstimatorRole;
  readonly estimator: Estimator;
}

/** A list of text beside the estimators: names of features or of classes. */
export interface NameList {
  readonly path: string;
  readonly names: readonly string[];
}

export interface FileContents {
  readonly candidates: readonly Candidate[];
  readonly nameLists: readonly NameList[];
}

/** Classes without a converter that come before a model all the same; any other is a model, to be refused by name. */
const BEFORE_A_MODEL =
  /^sklearn\.(?:preprocessing|impute|compose|decomposition|feature_selection|feature_extraction|kernel_approximation|random_projection)\b/;
const TEXT_OR_OBJECTS: readonly string[] = ['U', 'O'];

/**
 * The estimators in a value: itself, or those in its dictionaries, lists and tuples; cycles are met once.
 * @throws ModelImportError where there is more to look at than any bundle of models has
 */
export function findCandidates(root: PyValue): FileContents {
  const candidates: Candidate[] = [];
  const nameLists: NameList[] = [];
  const seen = new Set<PyValue>();
  const queue: { value: PyValue; path: string }[] = [{ value: root, path: '' }];
  let elements = 0;
  for (let next = 0; next < queue.length; next++) {
    const { value, path } = queue[next]!;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    elements += sizeOf(value);
    if (seen.size > LIMITS.searchedValues || elements > LIMITS.searchedElements) {
      throw overLimit('holds too many values to look for a model in');
    }
    const estimator = Estimator.from(value);
    const role = estimator && roleOf(estimator);
    if (estimator && role) {
      candidates.push({ path, role, estimator });
      continue;
    }
    const names = stringsOf(value);
    if (names) nameLists.push({ path, names });
    else
      for (const [key, child] of childrenOf(value))
        queue.push({ value: child, path: joined(path, key) });
  }
  return { candidates, nameLists };
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** How many values are looked at for this one; numbers in arrays are not. */
function sizeOf(value: PyValue): number {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  const array = asNdArray(value);
  return array && TEXT_OR_OBJECTS.includes(array.dtype.kind) ? array.size : 1;
}

/** A pipeline is what its last step is. */
function roleOf(estimator: Estimator, depth = 0): EstimatorRole | undefined {
  const { className, module } = estimator;
  if (className === 'Bunch' && module.startsWith('sklearn.utils')) return undefined;
  const converter = converterOf(estimator.key);
  if (!converter) return BEFORE_A_MODEL.test(module) ? 'transformer' : 'model';
  if (depth > LIMITS.nesting) return 'model';
  switch (converter.role) {
    case 'labels':
    case 'transformer':
      return converter.role;
    case 'wrapper': {
      const inner = Estimator.from(estimator.get(converter.attribute));
      return inner ? roleOf(inner, depth + 1) : 'model';
    }
    case 'pipeline': {
      const last = converter.steps(estimator).at(-1);
      return last ? roleOf(last, depth + 1) : 'transformer';
    }
    default:
      return 'model';
  }
}

/** The parts of a bundle; a longer list is data. */
function childrenOf(value: PyValue): [string, PyValue][] {
  if (sizeOf(value) > LIMITS.bundleSize) return [];
  if (value instanceof Map) {
    return [...value].flatMap(([key, child]) =>
      typeof key === 'string' || typeof key === 'number' ? [[`${key}`, child]] : [],
    );
  }
  if (Array.isArray(value)) return value.map((child, index) => [`${index}`, child]);
  if (value instanceof PyObject && value.added.length > 0) return pairs(value.added);
  const array = asNdArray(value);
  if (array?.dtype.kind !== 'O') return [];
  return decodeElements(array).map((child, index) => [`${index}`, child]);
}

/** Items set on a subclass of dict: OrderedDict, Bunch. */
function pairs(items: readonly PyValue[]): [string, PyValue][] {
  const result: [string, PyValue][] = [];
  for (let i = 0; i + 1 < Math.min(items.length, 2 * LIMITS.bundleSize); i += 2) {
    if (typeof items[i] === 'string') result.push([items[i] as string, items[i + 1]!]);
  }
  return result;
}

/** Estimators and where they stand, for messages. */
export function describeCandidates(candidates: readonly Candidate[]): string {
  return candidates
    .slice(0, 20)
    .map(({ path, estimator }) =>
      path === '' ? estimator.className : `${estimator.className} at "${path}"`,
    )
    .join(', ');
}
