import { ModelImportError } from '../bytes/model-import.error';
import { printable } from '../bytes/printable';
import type { PyGlobal } from '../values/py-global';

/** The error for a file with classes or functions that no supported library has; names the first. */
export function foreignGlobals(
  [first, ...others]: readonly PyGlobal[],
  cause?: unknown,
): ModelImportError {
  const name = printable(first?.qualifiedName ?? '');
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return new ModelImportError(
    `names "${name}"${more}, which is not part of a supported library; nothing of the file is used`,
    remedyFor(name),
    { ...(first?.offset !== undefined && { offset: first.offset }) },
    cause === undefined ? undefined : { cause },
  );
}

function remedyFor(name: string): string {
  if (name.startsWith('pandas.')) {
    return 'Save names as a list, list(X.columns), and leave tables out.';
  }
  if (/^(?:__main__|__mp_main__)\./.test(name)) {
    return 'What your own class or function does is not in the file. Replace it by estimators of scikit-learn, or apply it before sending the features, and save the rest.';
  }
  if (/^(?:dill|cloudpickle)\./.test(name)) {
    return 'It holds code of your own (a function or class). Replace it by estimators of scikit-learn, and save with joblib.dump.';
  }
  return 'Python would import and run it on loading. Save the fitted estimator alone, without functions or classes of your own.';
}
