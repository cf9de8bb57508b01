import { ModelImportError } from './files/bytes/model-import.error';
import { readModelFile } from './files/read-model-file';
import type { LinearSource } from './linear-source';
import type { NamedBytes } from './named-bytes';
import { joinSources } from './sklearn/bundle';
import { preprocessingSourceOf } from './sklearn/linear-source';
import { foreignGlobals } from './files/pickle/foreign-globals';
import { withinFile } from './within-file';

/** The scaler saved beside a classifier, or the statement that there is none. */
export type ScalerChoice = NamedBytes | 'none';

/**
 * The classifier behind what the caller says comes before it. One without any step of its own is refused
 * where the caller says nothing: it would answer, and nobody would see that the answers are wrong.
 */
export function withScaler(source: LinearSource, scaler: ScalerChoice | undefined): LinearSource {
  const bare = source.steps.length === 1 && !source.cases;
  if (scaler === 'none') return bare ? withWarning(source) : source;
  if (scaler && !bare) {
    const steps = source.steps.slice(0, -1).map(({ type }) => type);
    throw new ModelImportError(
      `has steps of its own before the classifier (${steps.join(', ')}), so --scaler would scale twice`,
      'Leave --scaler out.',
    );
  }
  if (scaler) return withinFile(scaler.name, () => joinSources(readScaler(scaler), source));
  if (!bare) return source;
  throw new ModelImportError(
    `holds a bare ${source.steps[0]!.type}, without the preprocessing it was trained behind. ` +
      'A classifier that was fitted on scaled features answers raw ones confidently and wrongly: an Iris ' +
      'model saved this way gets 50 of the 150 flowers right and never says setosa',
    'Pass --scaler FILE with the fitted scaler, or --no-scaler if it was fitted on raw features; ' +
      '--check rows.csv then shows whether that is true.',
  );
}

function readScaler({ bytes }: NamedBytes) {
  const file = readModelFile(bytes);
  if ('foreign' in file && file.foreign.length > 0) throw foreignGlobals(file.foreign);
  if ('root' in file) return preprocessingSourceOf(file.root);
  throw new ModelImportError('is not a pickle, joblib or skops file', 'Give the fitted scaler.');
}

function withWarning(source: LinearSource): LinearSource {
  const warning =
    'imported with --no-scaler: features must be sent just as the classifier was fitted on them';
  return { ...source, warnings: [...source.warnings, warning] };
}
