import type { Artifact } from '../artifact/artifact';
import { ArtifactError } from '../artifact/artifact.error';
import { columnKind } from '../columns/columns';
import type { Bins } from '../distributions/bins';
import { predictionForm } from './prediction-form';

/** The bins of a baseline, bound to the columns and classes of its model. */
export interface CompiledBaseline {
  /** By column; `undefined` for a column without a distribution. */
  readonly columns: readonly (Bins | undefined)[];
  readonly predictions?: Bins;
}

/**
 * The baseline of an artifact; `undefined` where it has none.
 * @throws ArtifactError where it does not fit the columns or classes
 */
export function compileBaseline(artifact: Artifact): CompiledBaseline | undefined {
  if (!artifact.baseline) return undefined;
  const { columns: distributions, predictions } = artifact.baseline;
  const names = new Set(artifact.columns.map(({ name }) => name));
  const other = Object.keys(distributions).find((name) => !names.has(name));
  if (other !== undefined) {
    throw new ArtifactError('baseline.columns', `"${other.slice(0, 64)}" is not a column`);
  }
  const columns = artifact.columns.map((column) => {
    if (!Object.hasOwn(distributions, column.name)) return undefined;
    const path = `baseline.columns.${column.name}`;
    const form = columnKind(column).distribution(column);
    if (!form) throw new ArtifactError(path, `a ${column.type} column has no distribution`);
    return form.bins(distributions[column.name]!, path);
  });
  if (!predictions) return { columns };
  const form = predictionForm(artifact.task === 'classification' ? artifact.classes : []);
  return { columns, predictions: form.bins(predictions, 'baseline.predictions') };
}
