import { containerLimit, operationLimit } from '../bytes/file-limits';
import { overLimit } from '../bytes/over-limit';
import { PyGlobal } from '../values/py-global';
import { isAllowedGlobal } from './allowed-globals';

/** What all the pickles of one file share: the budget of operations and the globals seen so far. */
export class PickleSession {
  private readonly seen = new Map<string, Map<string, PyGlobal>>();
  private readonly limit: number;
  private readonly containerLimit: number;
  private operations = 0;
  private containers = 0;

  /** @param contentBytes the size of the file, which the budget grows with */
  constructor(contentBytes: number) {
    this.limit = operationLimit(contentBytes);
    this.containerLimit = containerLimit(contentBytes);
  }

  /** Every global that the file names, each once, in order. */
  readonly globals: PyGlobal[] = [];
  /** Those of them that are not part of any supported library. */
  readonly foreign: PyGlobal[] = [];

  /** @throws ModelImportError where the budget is spent */
  countOperation(offset: number): void {
    if (++this.operations > this.limit) {
      throw overLimit(`has more than ${this.limit} pickle operations`, offset);
    }
  }

  /** @throws ModelImportError where more containers are made than any sound file of this size has */
  countContainer(offset: number): void {
    if (++this.containers > this.containerLimit) {
      throw overLimit(`makes more than ${this.containerLimit} containers`, offset);
    }
  }

  /** The record of a class or function name; foreign ones are noted, for the caller to refuse the file. */
  global(module: string, name: string, offset?: number): PyGlobal {
    let names = this.seen.get(module);
    if (!names) this.seen.set(module, (names = new Map()));
    const known = names.get(name);
    if (known) return known;
    const global = new PyGlobal(module, name, offset);
    names.set(name, global);
    this.globals.push(global);
    if (!isAllowedGlobal(module, name)) this.foreign.push(global);
    return global;
  }
}
