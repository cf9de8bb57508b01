import { asNdArray } from '../numpy/as-nd-array';
import { decodeElements } from '../numpy/decode-elements';
import { PyGlobal } from '../values/py-global';
import { PyObject } from '../values/py-value';
import { foreignGlobals } from '../pickle/foreign-globals';
import { PickleSession } from '../pickle/pickle-session';
import { ZipArchive } from '../zip/zip-archive';
import { type Node, SchemaReader } from './schema-reader';

const node = (loader: string, module: string, name: string, rest: Node = {}): Node => ({
  __loader__: loader,
  __module__: module,
  __class__: name,
  ...rest,
});
const scalar = (content: string) => node('JsonNode', 'builtins', 'str', { content });
const dictionary = (content: Node) => node('DictNode', 'builtins', 'dict', { content });

/** An archive without members: an empty directory. */
const EMPTY = new ZipArchive(Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1'));

function read(root: unknown) {
  const session = new PickleSession(0);
  const value = new SchemaReader(EMPTY, session).read(root, 0);
  if (session.foreign.length > 0) throw foreignGlobals(session.foreign);
  return value;
}

describe('SchemaReader', () => {
  it.each([
    ['true', true],
    ['null', null],
    ['1.5', 1.5],
    ['"text"', 'text'],
    ['NaN', NaN],
    ['-Infinity', -Infinity],
  ])('reads the scalar %s', (content, value) => {
    expect(read(scalar(content))).toBe(value);
  });

  it('reads containers, and estimators with their state', () => {
    const list = node('TupleNode', 'builtins', 'tuple', { content: [scalar('1'), scalar('2')] });
    const estimator = node('ObjectNode', 'sklearn.pipeline', 'Pipeline', {
      content: dictionary({ steps: list }),
    });
    const object = read(estimator) as PyObject;
    expect(object.type.qualifiedName).toBe('sklearn.pipeline.Pipeline');
    expect(object.state).toEqual(new Map([['steps', [1, 2]]]));
  });

  it('reads cached nodes as what they repeat', () => {
    const first = { ...dictionary({}), __id__: 7 };
    const again = node('CachedNode', 'builtins', 'dict', { __id__: 7 });
    const [a, b] = read(
      node('ListNode', 'builtins', 'list', { content: [first, again] }),
    ) as unknown[];
    expect(a).toBe(b);
  });

  it('reads object arrays and types', () => {
    const array = node('NdArrayNode', 'numpy', 'ndarray', {
      type: 'json',
      content: [scalar('"a"')],
    });
    expect(decodeElements(asNdArray(read(array))!)).toEqual(['a']);
    expect(read(node('TypeNode', 'builtins', 'str'))).toBeInstanceOf(PyGlobal);
  });

  it.each([
    ['a foreign class', node('ObjectNode', 'os', 'system', { content: {} }), /"os\.system"/],
    ['a foreign type', node('TypeNode', 'subprocess', 'Popen'), /"subprocess\.Popen"/],
    [
      'a foreign function',
      node('FunctionNode', 'builtins', 'object', {
        content: { module_path: 'os', function: 'system' },
      }),
      /"os\.system"/,
    ],
    [
      'a foreign class deep inside a Cython object',
      node('ReduceNode', 'sklearn._loss._loss', 'CyHalfBinomialLoss', {
        content: { attrs: [{ deep: node('TypeNode', 'os', 'system') }] },
      }),
      /"os\.system"/,
    ],
    ['a bound method', node('MethodNode', 'sklearn.pipeline', 'Pipeline'), /bound method/],
    [
      'an array that is not there',
      node('NdArrayNode', 'numpy', 'ndarray', { type: 'numpy', file: 'x.npy' }),
      /has no member "x\.npy"/,
    ],
    ['something that is no scalar', scalar('[1]'), /not a scalar/],
    ['a node without a class', { __loader__: 'JsonNode' }, /without its text/],
    ['a list where a node belongs', [], /not an object/],
  ])('refuses %s', (_, root, reason) => {
    expect(() => read(root)).toThrow(reason);
  });

  it('refuses endless nesting', () => {
    let deep = scalar('1');
    for (let i = 0; i < 1000; i++) deep = node('ListNode', 'builtins', 'list', { content: [deep] });
    expect(() => read(deep)).toThrow(/nested too deep/);
  });
});
