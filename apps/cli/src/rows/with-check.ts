import { type Artifact, type Metrics, sealArtifact } from '@inferserve/model';
import { CommandError } from '../command.error';
import { readInputFile } from '../files/input-file';
import type { CheckOptions } from '../options/check.options';
import { checkRows, type RowCheck } from './check-rows';
import { decodeText } from './decode-text';

/** The matrix of more classes is neither printed nor kept: it would be larger than many a model. */
export const MAX_MATRIX_CLASSES = 100;

/**
 * Measures a model on the rows of a table; the same model with these figures as its metrics `check`. Without a table the
 * model as it is.
 * @throws CommandError as `checkRows` does, with the path
 */
export function withCheck(
  artifact: Artifact,
  { check: path, label }: CheckOptions,
): { readonly artifact: Artifact; readonly check?: RowCheck } {
  if (path === undefined) return { artifact };
  const { name, bytes } = readInputFile(path);
  const check = named(path, () => checkRows(artifact, decodeText(bytes), label));
  const { format: _, schemaVersion: __, contentHash: ___, ...content } = artifact;
  const metrics = { ...artifact.metrics, check: { file: name, ...kept(check.metrics) } };
  return { artifact: sealArtifact({ ...content, metrics }), check };
}

function kept({ confusionMatrix, ...figures }: Metrics): Metrics {
  return confusionMatrix && confusionMatrix.length <= MAX_MATRIX_CLASSES
    ? { ...figures, confusionMatrix }
    : figures;
}

function named<T>(path: string, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    throw new CommandError(`${path}: ${cause.message}`, 1, { cause });
  }
}
