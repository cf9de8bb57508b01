import type { ByteReader } from '../bytes/byte-reader';
import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import { overLimit } from '../bytes/over-limit';
import { PyGlobal } from '../values/py-global';
import { PyObject, type PyValue } from '../values/py-value';
import { dillType } from './dill-types';
import type { PickleSession } from './pickle-session';

/** The stack, the marks and the memo of one pickle (PEP 307 and 3154); it makes data and calls nothing. */
export class PickleMachine {
  private stack: PyValue[] = [];
  private readonly marked: PyValue[][] = [];
  private readonly memo = new Map<number, PyValue>();

  constructor(
    readonly reader: ByteReader,
    readonly session: PickleSession,
    readonly depth: number,
  ) {}

  push(value: PyValue): void {
    this.stack.push(value);
  }

  pop(): PyValue {
    const value = this.stack.pop();
    if (value === undefined) throw this.damaged('takes a value from an empty stack');
    return value;
  }

  /** The topmost `count` values, the lowest first. */
  popMany(count: number): PyValue[] {
    if (this.stack.length < count) throw this.damaged('takes a value from an empty stack');
    return count === 1 ? [this.pop()] : this.stack.splice(-count);
  }

  top(): PyValue {
    const value = this.stack.at(-1);
    if (value === undefined) throw this.damaged('looks at an empty stack');
    return value;
  }

  mark(): void {
    if (this.marked.length >= FILE_LIMITS.pickleMarks) {
      throw overLimit('nests containers too deep', this.reader.offset - 1);
    }
    this.marked.push(this.stack);
    this.stack = [];
  }

  /** The values pushed since the last mark. */
  popMark(): PyValue[] {
    const values = this.stack;
    const below = this.marked.pop();
    if (!below) throw this.damaged('closes a mark that was never set');
    this.stack = below;
    return values;
  }

  /** Drops the top value, or the mark where nothing stands above it. */
  drop(): void {
    if (this.stack.length > 0) this.stack.pop();
    else this.popMark();
  }

  remember(index: number): void {
    this.memo.set(index, this.top());
  }

  memoize(): void {
    this.remember(this.memo.size);
  }

  recall(index: number): PyValue {
    const value = this.memo.get(index);
    if (value === undefined) throw this.damaged(`recalls memo ${index}, which was never set`);
    return value;
  }

  popString(): string {
    const value = this.pop();
    if (typeof value !== 'string') throw this.damaged('needs a string for a name');
    return value;
  }

  popTuple(): PyValue[] {
    const value = this.pop();
    if (!Array.isArray(value)) throw this.damaged('needs a tuple of arguments');
    return value;
  }

  /** An inert record of `type(*args)`. */
  construct(type: PyValue, args: readonly PyValue[]): PyObject {
    const { offset } = this.reader;
    if (type instanceof PyObject) {
      const named = dillType(type) ?? new PyGlobal(type.type.module, `${type.type.name}()`);
      return new PyObject(named, args, offset, type);
    }
    if (!(type instanceof PyGlobal)) throw this.damaged('calls something that is not a global');
    const [first] = args;
    // Protocols 0 to 2 write `cls.__new__(cls)` as copyreg._reconstructor(cls, object, None).
    const reconstructed = type.name === '_reconstructor' && first instanceof PyGlobal;
    return new PyObject(reconstructed ? first : type, args, offset);
  }

  append(values: readonly PyValue[]): void {
    const target = this.top();
    if (Array.isArray(target)) for (const value of values) target.push(value);
    else if (target instanceof Set) for (const value of values) target.add(value);
    else if (target instanceof PyObject) for (const value of values) target.added.push(value);
    else throw this.damaged('appends to something that is not a list');
  }

  setItems(pairs: readonly PyValue[]): void {
    if (pairs.length % 2 !== 0) throw this.damaged('sets a key without a value');
    const target = this.top();
    if (target instanceof PyObject) return this.append(pairs);
    if (!(target instanceof Map))
      throw this.damaged('sets an item of something that is not a dict');
    for (let i = 0; i < pairs.length; i += 2) target.set(pairs[i]!, pairs[i + 1]!);
  }

  build(state: PyValue): void {
    const target = this.top();
    if (!(target instanceof PyObject)) throw this.damaged('sets the state of a plain value');
    if (target.state !== undefined) throw this.damaged('sets the state of an object twice');
    target.state = state;
  }

  damaged(problem: string): Error {
    return damaged(`the pickle ${problem}`, this.reader.offset - 1);
  }
}
