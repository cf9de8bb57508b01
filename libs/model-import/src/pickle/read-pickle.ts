import { ByteReader } from '../byte-reader';
import { readWrappedArray } from '../joblib/array-wrapper';
import { LIMITS } from '../limits';
import { damaged, ModelImportError, overLimit } from '../model-import.error';
import { OPERATIONS } from './opcodes';
import { PickleMachine } from './pickle-machine';
import { type ForeignGlobals, PickleSession } from './pickle-session';
import { type PyGlobal, PyObject, type PyValue } from './py-value';

const PROTO = 0x80;
const BUILD = 0x62;
const STOP = 0x2e;
const TEXT_PROTOCOL_START = /^[(\])}cilIFLVSNKJMGX]/;

/** What a pickle holds. */
export interface PickleContent {
  readonly root: PyValue;
  readonly protocol: number;
  /** Every global that the file names, each once, in order. */
  readonly globals: readonly PyGlobal[];
  /** Whether the file was written by joblib, with the data of arrays between the pickle operations. */
  readonly joblib: boolean;
}

/**
 * Reads a pickle of protocol 2 to 5 or a joblib file without compression; nothing in it is executed.
 * @throws ModelImportError for a damaged file, a foreign global, or more than `limits.ts` allows
 */
export function readPickle(bytes: Uint8Array, foreign: ForeignGlobals = 'refuse'): PickleContent {
  if (bytes[0] !== PROTO) throw notAPickle(bytes);
  const reader = new ByteReader(bytes);
  const session = new PickleSession(foreign);
  const root = readOne(reader, session, 0);
  if (reader.remaining > 0) {
    throw new ModelImportError(
      `has ${reader.remaining} bytes after the end of its pickle`,
      'Put everything into one dump, for instance joblib.dump({"scaler": scaler, "model": model}, path).',
      { offset: reader.offset },
    );
  }
  const globals = [...session.globals.values()];
  const joblib = globals.some((global) => global.module.startsWith('joblib.numpy_pickle'));
  return { root, protocol: bytes[1] ?? 0, globals, joblib };
}

/** One pickle up to its STOP; the data of joblib's arrays is read where it stands. */
function readOne(reader: ByteReader, session: PickleSession, depth: number): PyValue {
  if (depth > LIMITS.pickleDepth) throw overLimit('nests pickles too deep', reader.offset);
  const machine = new PickleMachine(reader, session, depth);
  for (;;) {
    const code = reader.uint8();
    session.countOperation(reader.offset - 1);
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
  if (!(target instanceof PyObject) || !target.type.module.startsWith('joblib.numpy_pickle'))
    return;
  machine.pop();
  const { reader, session, depth } = machine;
  machine.push(readWrappedArray(target, reader, () => readOne(reader, session, depth + 1)));
}

function notAPickle(bytes: Uint8Array): ModelImportError {
  const start = String.fromCharCode(...bytes.subarray(0, 1));
  if (bytes.at(-1) === STOP && TEXT_PROTOCOL_START.test(start)) {
    return new ModelImportError(
      'is a pickle of protocol 0 or 1; 2 to 5 are read',
      'Save it again with pickle.dump(model, file, protocol=5).',
      { offset: 0 },
    );
  }
  return new ModelImportError(
    'is not a pickle: it has no protocol header',
    'Give a file written by joblib.dump, pickle.dump, skl2onnx or skops.',
    { offset: 0 },
  );
}
