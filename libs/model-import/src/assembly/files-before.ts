import type { FoundModel } from '../estimators/contract/converter';
import { ModelImportError } from '../files/bytes/model-import.error';
import { readModelFile } from '../files/read-model-file';
import type { FoundTransformer } from './found-estimator';
import type { NamedBytes } from './named-bytes';
import { openTransformer } from './open-model';
import { withinFile } from './within-file';

/** The files saved beside a model that rows go through before it, in order, or the statement that there are none. */
export type FilesBefore = readonly NamedBytes[] | 'none';

/** The files of `--before`, or the one of `--scaler`. */
export function filesBefore({
  scaler,
  before,
}: {
  readonly scaler?: NamedBytes | 'none' | undefined;
  readonly before?: readonly NamedBytes[] | undefined;
}): FilesBefore | undefined {
  if (before && before.length > 0) return before;
  return scaler === undefined || scaler === 'none' ? scaler : [scaler];
}

/** `--scaler` is for models that were saved without one; a pipeline may follow the files of `--before`. */
export function refuseSecondScaler({ hasSteps, cases }: FoundModel): void {
  if (!hasSteps && !cases) return;
  throw new ModelImportError(
    'has steps of its own before the model, so --scaler would scale twice',
    'Leave --scaler out, or pass --before where rows go through that file first.',
  );
}

/**
 * The transformers of the files before a model. One that depends on the scale of its input and has no step of its
 * own is refused where the caller says nothing: it would answer, and nobody would see that the answers are wrong.
 */
export function transformersBefore(
  model: FoundModel,
  bundled: readonly FoundTransformer[],
  files: FilesBefore | undefined,
): { readonly before: readonly FoundTransformer[]; readonly warnings: readonly string[] } {
  const needsScaler = model.isBare && !model.cases && bundled.length === 0;
  if (files === 'none') {
    const warning =
      'imported with --no-scaler: features must be sent just as the model was fitted on them';
    return { before: [], warnings: needsScaler ? [warning] : [] };
  }
  if (files && files.length > 0) {
    return { before: files.map(readTransformer), warnings: [] };
  }
  if (!needsScaler) return { before: bundled, warnings: [] };
  throw new ModelImportError(
    `holds a bare ${model.type}, without the preprocessing it was trained behind. A model that was fitted on ` +
      'scaled features answers raw ones confidently and wrongly',
    'Pass --scaler FILE with the fitted scaler (--before FILE… for several files), or --no-scaler if it was ' +
      'fitted on raw features; --check rows.csv then shows whether that is true.',
  );
}

function readTransformer({ name, bytes }: NamedBytes): FoundTransformer {
  return withinFile(name, () => openTransformer(readModelFile(bytes)));
}
