import { ModelImportError } from '../bytes/model-import.error';
import { PyGlobal } from '../values/py-global';
import { PyObject } from '../values/py-value';
import { foreignGlobals } from './foreign-globals';
import { readPickle } from './read-pickle';

/** A pickle of protocol 4 out of characters, byte codes and text. */
function pickle(...parts: (string | number | readonly number[] | Buffer)[]): Buffer {
  const bytes = parts.map((part) =>
    typeof part === 'string'
      ? Buffer.from(part, 'latin1')
      : Buffer.from(typeof part === 'number' ? [part] : part),
  );
  return Buffer.concat([Buffer.from([0x80, 4]), ...bytes, Buffer.from('.')]);
}

const text = (value: string): Buffer =>
  Buffer.concat([Buffer.from([0x8c, Buffer.byteLength(value)]), Buffer.from(value)]);
const named = (module: string, name: string): Buffer =>
  Buffer.concat([text(module), text(name), Buffer.from([0x93])]);
const MEMOIZE = 0x94;

const read = (...parts: Parameters<typeof pickle>) => readPickle(pickle(...parts)).root;

describe('readPickle', () => {
  it('reads scalars', () => {
    expect(read('(N', 0x88, 0x89, 'K', 7, 'M', [1, 2], 'J', [255, 255, 255, 255], 't')).toEqual([
      null,
      true,
      false,
      7,
      513,
      -1,
    ]);
    expect(read('G', [0x3f, 0xf8, 0, 0, 0, 0, 0, 0])).toBe(1.5);
    expect(read(text('größer'))).toBe('größer');
    expect(read('C', 3, 'abc')).toEqual(new Uint8Array([97, 98, 99]));
  });

  it.each([
    [[], 0],
    [[0xff], -1],
    [[0xff, 0], 255],
    [[0, 0, 0, 0, 0, 0, 0x20, 0], 2n ** 53n],
    [[0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0], 2n ** 71n],
  ])('reads the long integer %j as %s', (bytes, value) => {
    expect(read(0x8a, bytes.length, bytes)).toBe(value);
  });

  it('keeps shared references and cycles', () => {
    const root = read(']', MEMOIZE, 'h', 0, 'a') as unknown[];
    expect(root[0]).toBe(root);
    const [first, second] = read(']', MEMOIZE, 'h', 0, 0x86) as unknown[];
    expect(first).toBe(second);
  });

  it('keeps dictionaries apart from the prototypes of objects', () => {
    const root = read('}', text('__proto__'), 'K', 1, 's', text('constructor'), 'K', 2, 's');
    expect(root).toEqual(
      new Map([
        ['__proto__', 1],
        ['constructor', 2],
      ]),
    );
  });

  it('makes inert records of globals, their arguments and their state', () => {
    const root = read(
      named('sklearn.pipeline', 'Pipeline'),
      ')',
      0x81,
      '}',
      text('a'),
      'K',
      1,
      'sb',
    );
    expect(root).toBeInstanceOf(PyObject);
    const { type, state } = root as PyObject;
    expect(type).toBeInstanceOf(PyGlobal);
    expect(type.qualifiedName).toBe('sklearn.pipeline.Pipeline');
    expect(state).toEqual(new Map([['a', 1]]));
  });

  it.each([
    ['STACK_GLOBAL', pickle(named('posix', 'system'), '0N')],
    ['GLOBAL', pickle('cposix\nsystem\n0N')],
    ['INST', pickle('(iposix\nsystem\n0N')],
  ])('notes a foreign global of %s, even where nothing uses it', (_, bytes) => {
    const { foreign } = readPickle(bytes);
    expect(foreign.map(({ qualifiedName }) => qualifiedName)).toEqual(['posix.system']);
    expect(foreignGlobals(foreign).message).toMatch(/"posix\.system".*at byte/);
  });

  it('notes an attribute behind an allowed module', () => {
    const { foreign } = readPickle(pickle(named('sklearn.pipeline', 'os.system')));
    expect(foreign[0]!.qualifiedName).toBe('sklearn.pipeline.os.system');
  });

  it('reports a foreign global before whatever is wrong behind it', () => {
    const bytes = pickle(named('posix', 'system'), 'Q');
    expect(() => readPickle(bytes)).toThrow(/"posix\.system"/);
  });

  it('keeps the call of a result as an inert record', () => {
    const root = read(named('sklearn.base', 'Maker'), 'K', 1, 0x85, 'RK', 2, 0x85, 'R') as PyObject;
    expect(root.callee!.type.qualifiedName).toBe('sklearn.base.Maker');
    expect(root.callee!.args).toEqual([1]);
    expect(root.args).toEqual([2]);
    expect(root.type.qualifiedName).toBe('sklearn.base.Maker()');
  });

  it('reads the types of dill by name, and nothing that is code', () => {
    const slice = read(
      named('dill._dill', '_load_type'),
      text('slice'),
      0x85,
      'RNK',
      2,
      'N',
      0x87,
      'R',
    );
    expect((slice as PyObject).type.qualifiedName).toBe('builtins.slice');
    const code = read(named('dill._dill', '_load_type'), text('CodeType'), 0x85, 'R)R');
    expect((code as PyObject).type.qualifiedName).toBe('dill._dill._load_type()');
    expect(readPickle(pickle(named('dill._dill', '_create_function'))).foreign).toHaveLength(1);
  });

  it('ends containers that are nested without end', () => {
    expect(() => read('('.repeat(20_000))).toThrow(/nests containers/);
  });

  it.each([
    ['P', 'PERSID'],
    ['Q', 'BINPERSID'],
    ['\x82', 'EXT1'],
    ['\x83', 'EXT2'],
    ['\x84', 'EXT4'],
    ['\x97', 'NEXT_BUFFER'],
    ['\x98', 'READONLY_BUFFER'],
    ['U', 'SHORT_BINSTRING'],
  ])('refuses %j by the name %s', (code, name) => {
    expect(() => read(code)).toThrow(`(${name})`);
  });

  it.each([
    ['an unknown operation', pickle(0xff), /unknown pickle operation 0xff \(at byte 2\)/],
    ['an empty stack', pickle('0'), /mark that was never set/],
    ['a memo that was never set', pickle('h', 3), /memo 3/],
    ['a state set twice', pickle(named('numpy', 'dtype'), ')R}b}b'), /state of an object twice/],
    ['a call of data', pickle('K', 1, ')R'), /not a global/],
    ['a key without a value', pickle('}(K', 1, 'u'), /key without a value/],
    ['text that is not UTF-8', pickle(0x8c, 2, [0xc3, 0x28]), /not UTF-8/],
    ['bytes after the end', Buffer.concat([pickle('N'), pickle('N')]), /4 bytes after the end/],
    ['protocol 6', Buffer.from([0x80, 6, 0x4e, 0x2e]), /protocol 6/],
    ['protocol 0', Buffer.from('(lp0\n.'), /protocol 0 or 1/],
    ['text', Buffer.from('hello'), /no protocol header/],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => readPickle(bytes)).toThrow(ModelImportError);
    expect(() => readPickle(bytes)).toThrow(reason);
  });

  it('names the byte where a cut file ends', () => {
    const bytes = pickle(text('abc'));
    for (let length = 2; length < bytes.length; length++) {
      expect(() => readPickle(bytes.subarray(0, length))).toThrow(/at byte \d+/);
    }
  });
});
