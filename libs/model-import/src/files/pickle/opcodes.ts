import { FILE_LIMITS } from '../bytes/file-limits';
import { ModelImportError } from '../bytes/model-import.error';
import { overLimit } from '../bytes/over-limit';
import type { PickleMachine } from './pickle-machine';

/** What an operation does to the machine; its code byte is already read. */
export type Operation = (machine: PickleMachine) => void;

/** The operations of protocols 2 to 5 by their code byte; STOP and BUILD are the reader's. */
export const OPERATIONS: readonly (Operation | undefined)[] = table({
  '(': (m) => m.mark(),
  '0': (m) => m.drop(),
  '1': (m) => void m.popMark(),
  '2': (m) => m.push(m.top()),
  N: (m) => m.push(null),
  '\x88': (m) => m.push(true),
  '\x89': (m) => m.push(false),
  J: (m) => m.push(m.reader.int32()),
  K: (m) => m.push(m.reader.uint8()),
  M: (m) => m.push(m.reader.uint16()),
  '\x8a': (m) => m.push(longInteger(m, m.reader.uint8())),
  '\x8b': (m) => m.push(longInteger(m, m.reader.uint32())),
  G: (m) => m.push(m.reader.float64BigEndian()),
  X: (m) => m.push(m.reader.utf8(m.reader.uint32())),
  '\x8c': (m) => m.push(m.reader.utf8(m.reader.uint8())),
  '\x8d': (m) => m.push(m.reader.utf8(m.reader.uint64())),
  B: (m) => m.push(m.reader.take(m.reader.uint32())),
  C: (m) => m.push(m.reader.take(m.reader.uint8())),
  '\x8e': (m) => m.push(m.reader.take(m.reader.uint64())),
  '\x96': (m) => m.push(m.reader.take(m.reader.uint64())),
  ')': (m) => m.push([]),
  t: (m) => m.push(m.popMark()),
  '\x85': (m) => m.push(m.popMany(1)),
  '\x86': (m) => m.push(m.popMany(2)),
  '\x87': (m) => m.push(m.popMany(3)),
  ']': (m) => m.push([]),
  l: (m) => m.push(m.popMark()),
  a: (m) => m.append(m.popMany(1)),
  e: (m) => m.append(m.popMark()),
  '}': (m) => m.push(new Map()),
  d: (m) => {
    const pairs = m.popMark();
    m.push(new Map());
    m.setItems(pairs);
  },
  s: (m) => m.setItems(m.popMany(2)),
  u: (m) => m.setItems(m.popMark()),
  '\x8f': (m) => m.push(new Set()),
  '\x90': (m) => m.append(m.popMark()),
  '\x91': (m) => m.push(new Set(m.popMark())),
  q: (m) => m.remember(m.reader.uint8()),
  r: (m) => m.remember(m.reader.uint32()),
  '\x94': (m) => m.memoize(),
  h: (m) => m.push(m.recall(m.reader.uint8())),
  j: (m) => m.push(m.recall(m.reader.uint32())),
  c: (m) => m.push(m.session.global(m.reader.line(), m.reader.line(), m.reader.offset)),
  '\x93': (m) => {
    const name = m.popString();
    m.push(m.session.global(m.popString(), name, m.reader.offset));
  },
  R: (m) => {
    const args = m.popTuple();
    m.push(m.construct(m.pop(), args));
  },
  '\x81': (m) => {
    const args = m.popTuple();
    m.push(m.construct(m.pop(), args));
  },
  '\x92': (m) => {
    // Keyword arguments of __new__: no supported class has any.
    m.pop();
    const args = m.popTuple();
    m.push(m.construct(m.pop(), args));
  },
  i: (m) => {
    const global = m.session.global(m.reader.line(), m.reader.line(), m.reader.offset);
    m.push(m.construct(global, m.popMark()));
  },
  o: (m) => {
    const [type = null, ...args] = m.popMark();
    m.push(m.construct(type, args));
  },
  // A frame only says how many bytes Python should read at once; joblib puts array data between frames.
  '\x95': (m) => void m.reader.uint64(),
  '\x80': checkProtocol,
  P: refused('a persistent id (PERSID)'),
  Q: refused('a persistent id (BINPERSID)'),
  '\x82': refused('an extension code (EXT1)'),
  '\x83': refused('an extension code (EXT2)'),
  '\x84': refused('an extension code (EXT4)'),
  '\x97': refused('a buffer that is not in the file (NEXT_BUFFER)'),
  '\x98': refused('a buffer that is not in the file (READONLY_BUFFER)'),
  S: refused('a Python 2 string (STRING)'),
  T: refused('a Python 2 string (BINSTRING)'),
  U: refused('a Python 2 string (SHORT_BINSTRING)'),
});

function table(byCharacter: Readonly<Record<string, Operation>>): (Operation | undefined)[] {
  const operations = Array<Operation | undefined>(256).fill(undefined);
  for (const [character, operation] of Object.entries(byCharacter)) {
    operations[character.charCodeAt(0)] = operation;
  }
  return operations;
}

function refused(what: string): Operation {
  return (m) => {
    throw new ModelImportError(
      `the pickle holds ${what}, which only the program that wrote it understands`,
      'Save the fitted estimator with Python 3: joblib.dump(model, path, compress=3).',
      { offset: m.reader.offset - 1 },
    );
  };
}

function checkProtocol(machine: PickleMachine): void {
  const protocol = machine.reader.uint8();
  if (protocol < 2 || protocol > 5) {
    throw new ModelImportError(
      `is a pickle of protocol ${protocol}; protocols 2 to 5 are supported`,
      'Save it again with pickle.dump(model, file, protocol=5).',
      { offset: machine.reader.offset - 1 },
    );
  }
}

/** Two's complement, little-endian; a number where that is exact. */
function longInteger(machine: PickleMachine, length: number): number | bigint {
  if (length > FILE_LIMITS.integerBytes) {
    throw overLimit(`holds an integer of ${length} bytes`, machine.reader.offset);
  }
  if (length === 0) return 0;
  const bytes = machine.reader.take(length);
  const digits = Buffer.from(bytes.toReversed()).toString('hex');
  const value = BigInt.asIntN(8 * length, BigInt(`0x${digits}`));
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
