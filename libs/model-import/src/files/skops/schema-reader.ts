import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import { ModelImportError } from '../bytes/model-import.error';
import { overLimit } from '../bytes/over-limit';
import { readNpy } from '../numpy/read-npy';
import { parseShape } from '../numpy/shape';
import type { PickleSession } from '../pickle/pickle-session';
import type { PyGlobal } from '../values/py-global';
import { NdArray, PyObject, type PyValue } from '../values/py-value';
import type { ZipArchive } from '../zip/zip-archive';
import { readSparse } from './read-sparse';

/** A node of `schema.json`; what else it has depends on its loader. */
export type Node = Readonly<Record<string, unknown>>;

const REMEDY = 'Save the model with joblib.dump(model, path, compress=3) instead.';

/** Turns nodes into inert values; every class and function name is checked on the way. */
export class SchemaReader {
  private readonly byId = new Map<unknown, PyValue>();

  constructor(
    private readonly archive: ZipArchive,
    private readonly session: PickleSession,
  ) {}

  read(node: unknown, depth: number): PyValue {
    if (!isNode(node)) throw damaged('has a schema node that is not an object');
    if (depth > FILE_LIMITS.schemaDepth) throw overLimit('has a schema that is nested too deep');
    if (node['__loader__'] === 'CachedNode') return this.byId.get(node['__id__']) ?? null;
    const value = this.load(node, depth + 1);
    this.byId.set(node['__id__'], value);
    return value;
  }

  private load(node: Node, depth: number): PyValue {
    const type = this.session.global(text(node['__module__']), text(node['__class__']));
    const content = node['content'];
    switch (node['__loader__']) {
      case 'JsonNode':
        return scalar(text(content));
      case 'ListNode':
      case 'TupleNode':
        return this.list(content, depth);
      case 'SetNode':
        return new Set(this.list(content, depth));
      case 'DictNode':
      case 'DefaultDictNode':
      case 'OrderedDictNode':
        return this.dictionary(content, depth);
      case 'TypeNode':
        return type;
      case 'NdArrayNode':
        return this.array(node, depth);
      case 'SparseMatrixNode':
        return readSparse(this.archive.read(text(node['file'])));
      case 'BytesNode':
      case 'BytearrayNode':
        return this.archive.read(text(node['file']));
      case 'FunctionNode':
        return this.functionName(content);
      case 'MethodNode':
        throw new ModelImportError('holds a bound method, which is code', REMEDY, {
          path: type.qualifiedName,
        });
      default:
        return this.object(type, node, depth);
    }
  }

  private object(type: PyGlobal, node: Node, depth: number): PyObject {
    const content = node['content'];
    const object = new PyObject(type, this.constructorArguments(node['__reduce__'], depth));
    if (isLoadable(content)) object.state = this.read(content, depth);
    else this.checkNames(content, depth);
    return object;
  }

  /** What a class such as Tree is constructed with, where the node states it. */
  private constructorArguments(reduce: unknown, depth: number): PyValue[] {
    if (!isNode(reduce) || !isLoadable(reduce['args'])) return [];
    const args = this.read(reduce['args'], depth);
    return Array.isArray(args) ? args : [args];
  }

  /** Cython objects keep their parts in objects that are no nodes: only the names in them are of interest. */
  private checkNames(content: unknown, depth: number): void {
    if (typeof content !== 'object' || content === null) return;
    if (depth > FILE_LIMITS.schemaDepth) throw overLimit('has a schema that is nested too deep');
    for (const member of Object.values(content)) {
      if (isLoadable(member)) this.read(member, depth + 1);
      else this.checkNames(member, depth + 1);
    }
  }

  private list(content: unknown, depth: number): PyValue[] {
    if (!Array.isArray(content)) throw damaged('has a schema list without elements');
    return content.map((element) => this.read(element, depth));
  }

  private dictionary(content: unknown, depth: number): Map<PyValue, PyValue> {
    if (!isNode(content)) throw damaged('has a schema dictionary without members');
    const entries = new Map<PyValue, PyValue>();
    for (const [key, member] of Object.entries(content)) {
      if (isLoadable(member)) entries.set(key, this.read(member, depth));
    }
    return entries;
  }

  /** In a `.npy` member, or as lists of nodes, one list inside the other for each axis, where the elements are objects. */
  private array(node: Node, depth: number): PyValue {
    if (node['type'] !== 'json') return readNpy(this.archive.read(text(node['file'])));
    const values = this.list(node['content'], depth);
    const shape = isLoadable(node['shape'])
      ? parseShape(this.read(node['shape'], depth))
      : [values.length];
    const elements = flattened(values, shape.length);
    return new NdArray({ kind: 'O', bytes: 8, littleEndian: true }, shape, false, elements);
  }

  private functionName(content: unknown): PyGlobal {
    if (!isNode(content)) throw damaged('has a schema function without a name');
    return this.session.global(text(content['module_path']), text(content['function']));
  }
}

/** Whether a JSON value is an object. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLoadable(value: unknown): value is Node {
  return isNode(value) && Object.hasOwn(value, '__loader__');
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw damaged('has a schema node without its text');
}

/** A JSON scalar; Python also writes NaN and the infinities. */
function scalar(content: string): PyValue {
  try {
    const value: unknown = JSON.parse(content);
    if (value === null || ['boolean', 'number', 'string'].includes(typeof value))
      return value as PyValue;
  } catch {
    if (content === 'NaN') return NaN;
    if (content === 'Infinity' || content === '-Infinity') return Number(content);
  }
  throw damaged('has a schema value that is not a scalar');
}

/** The elements of lists that are nested once for each axis. */
function flattened(values: readonly PyValue[], axes: number): PyValue[] {
  let flat = [...values];
  for (let axis = 1; axis < axes; axis++) {
    flat = flat.flatMap((value): PyValue[] => (Array.isArray(value) ? value : [value]));
  }
  return flat;
}
