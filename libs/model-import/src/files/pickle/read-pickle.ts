import { ByteReader } from '../bytes/byte-reader';
import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import { ModelImportError } from '../bytes/model-import.error';
import { overLimit } from '../bytes/over-limit';
import type { PyGlobal } from '../values/py-global';
import { PyObject, type PyValue } from '../values/py-value';
import { foreignGlobals } from './foreign-globals';
import { readWrappedArray } from './joblib-array';
import { OPERATIONS } from './opcodes';
import { PickleMachine } from './pickle-machine';
import { PickleSession } from './pickle-session';

const PROTO = 0x80;
const BUILD = 0x62;
const STOP = 0x2e;
/** Operations that leave a new tuple, list, dictionary, set or object. */
const MAKES_CONTAINER: readonly boolean[] = Array.from({ length: 256 }, (_, code) =>
  ')t]l}dRio\x85\x86\x87\x8f\x91\x81\x92'.includes(String.fromCharCode(code)),
);
const TEXT_PROTOCOL_START = /^[(\])}cilIFLVSNKJMGX]/;

/** What a pickle holds. */
export interface PickleContent {
  readonly root: PyValue;
  readonly protocol: number;
  /** Every global that the file names, each once, in order. */
  readonly globals: readonly PyGlobal[];
  /** Those that are part of no supported library: a file with any must not be imported. */
  readonly foreign: readonly PyGlobal[];
  /** Whether the file was written by joblib, with the data of arrays between the pickle operations. */
  readonly joblib: boolean;
}

/**
 * Reads a pickle of protocol 2 to 5 or a joblib file without compression; nothing in it is executed.
 * @throws ModelImportError for a damaged file or more than the limits allow
 */
export function readPickle(bytes: Uint8Array): PickleContent {
  if (bytes[0] !== PROTO) throw notAPickle(bytes);
  const reader = new ByteReader(bytes);
  const session = new PickleSession(bytes.length);
  const root = readRoot(reader, session);
  const { globals, foreign } = session;
  const joblib = globals.some(isJoblib);
  return { root, protocol: bytes[1] ?? 0, globals, foreign, joblib };
}

/** A fault behind a foreign global is reported as that global: it is why the file is not what it seems. */
function readRoot(reader: ByteReader, session: PickleSession): PyValue {
  try {
    const root = readOne(reader, session, 0);
    if (reader.remaining === 0) return root;
  } catch (cause) {
    if (!(cause instanceof ModelImportError) || session.foreign.length === 0) throw cause;
    throw foreignGlobals(session.foreign, cause);
  }
  throw new ModelImportError(
    `has ${reader.remaining} bytes after the end of its pickle`,
    'Put everything into one dump, for instance joblib.dump({"scaler": scaler, "model": model}, path).',
    { offset: reader.offset },
  );
}

/** One pickle up to its STOP; the data of joblib's arrays is read where it stands. */
function readOne(reader: ByteReader, session: PickleSession, depth: number): PyValue {
  if (depth > FILE_LIMITS.pickleDepth) throw overLimit('nests pickles too deep', reader.offset);
  const machine = new PickleMachine(reader, session, depth);
  for (;;) {
    const code = reader.uint8();
    session.countOperation(reader.offset - 1);
    if (MAKES_CONTAINER[code]) session.countContainer(reader.offset - 1);
    if (code === STOP) return machine.pop();
    if (code === BUILD) {
      build(machine);
      continue;
    }
    const operation = OPERATIONS[code];
    if (!operation) {
      throw damaged(`has an unknown pickle operation 0x${code.toString(16)}`, reader.offset - 1);
    }
    operation(machine);
  }
}

function build(machine: PickleMachine): void {
  machine.build(machine.pop());
  const target = machine.top();
  if (!(target instanceof PyObject) || !isJoblib(target.type)) return;
  machine.pop();
  const { reader, session, depth } = machine;
  machine.push(readWrappedArray(target, reader, () => readOne(reader, session, depth + 1)));
}

/** `joblib.numpy_pickle`, or the copy inside scikit-learn before 0.23. */
function isJoblib({ module }: PyGlobal): boolean {
  return /^(?:sklearn\.externals\.)?joblib\.numpy_pickle/.test(module);
}

function notAPickle(bytes: Uint8Array): ModelImportError {
  const start = String.fromCharCode(...bytes.subarray(0, 1));
  if (bytes.at(-1) === STOP && TEXT_PROTOCOL_START.test(start)) {
    return new ModelImportError(
      'is a pickle of protocol 0 or 1; protocols 2 to 5 are supported',
      'Save it again with pickle.dump(model, file, protocol=5).',
      { offset: 0 },
    );
  }
  return new ModelImportError(
    'is not a model file of a known format: it is no pickle (no protocol header), zip, ONNX, JSON, UBJSON or LightGBM text',
    'Give a file written by joblib.dump, pickle.dump, skops.io.dump, skl2onnx, XGBoost or LightGBM.',
    { offset: 0 },
  );
}
