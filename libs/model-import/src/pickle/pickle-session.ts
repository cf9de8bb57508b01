import { LIMITS } from '../limits';
import { ModelImportError, overLimit } from '../model-import.error';
import { isAllowedGlobal } from './allowed-globals';
import { PyGlobal } from './py-value';

/** `refuse` ends the reading at the first foreign global; `collect` goes on, for inspection only. */
export type ForeignGlobals = 'refuse' | 'collect';

/** What all the pickles of one file share: the budget of operations and the globals seen so far. */
export class PickleSession {
  readonly globals = new Map<string, PyGlobal>();
  private operations = 0;

  constructor(private readonly foreign: ForeignGlobals) {}

  /** @throws ModelImportError where the budget is spent */
  countOperation(offset: number): void {
    if (++this.operations > LIMITS.pickleOperations) {
      throw overLimit(`has more than ${LIMITS.pickleOperations} pickle operations`, offset);
    }
  }

  /** @throws ModelImportError that names a global which is not on the allow-list */
  global(module: string, name: string, offset?: number): PyGlobal {
    const key = `${module} ${name}`;
    const known = this.globals.get(key);
    if (known) return known;
    const global = new PyGlobal(module, name, offset);
    if (this.foreign === 'refuse' && !isAllowedGlobal(module, name)) throw foreignGlobal(global);
    this.globals.set(key, global);
    return global;
  }
}

/** The refusal of a file for a global which no scikit-learn model needs. */
export function foreignGlobal({ qualifiedName, offset }: PyGlobal): ModelImportError {
  return new ModelImportError(
    `names "${printable(qualifiedName)}", which is not part of a scikit-learn model; nothing of the file is used`,
    qualifiedName.startsWith('pandas.')
      ? 'Save names as a list, list(X.columns), and leave tables out.'
      : 'Python would import and run it on loading. Save the fitted estimator alone, without functions or classes of your own.',
    { offset },
  );
}

/** Text out of a hostile file, safe to print and not too long. */
export function printable(text: string): string {
  const safe = text.replace(/[^\x20-\x7e\u00a1-\u02af]/g, '?');
  return safe.length > 100 ? `${safe.slice(0, 100)}…` : safe;
}
