import type { Artifact, ClassCase, NumberCase } from '../artifact/artifact';
import { ArtifactError } from '../artifact/artifact.error';
import { checkMetrics } from '../artifact/check-metrics';
import { compileBaseline } from '../baseline/compile-baseline';
import { CompiledModel } from './compiled-model';
import { UnscorableRowError } from './unscorable-row.error';

const REMEDY =
  'This server does not compute what the maker of the artifact did, so the model must not be served. Train or import it again.';

/**
 * The model of a parsed artifact, after it has reproduced every verification case: the same label and
 * probabilities, or the same value, within the stated tolerance.
 * @throws ArtifactError that names the first case which it does not reproduce
 */
export function compileArtifact(artifact: Artifact): CompiledModel {
  checkMetrics(artifact);
  compileBaseline(artifact);
  const model = new CompiledModel(artifact);
  const { tolerance, cases } = artifact.verification;
  for (const [index, stated] of cases.entries()) {
    const path = `verification.cases[${index}]`;
    run(model, stated.input, path);
    if ('label' in stated) verifyClass(model, stated, tolerance, path);
    else verifyNumber(model, stated, tolerance, path);
  }
  return model;
}

function run(model: CompiledModel, input: ClassCase['input'], path: string): void {
  if (!model.readValues(input)) {
    throw new ArtifactError(`${path}.input`, 'is not a row of this model');
  }
  try {
    model.run();
  } catch (cause) {
    if (!(cause instanceof UnscorableRowError)) throw cause;
    throw new ArtifactError(path, 'has no finite answer', REMEDY, { cause });
  }
}

function verifyClass(
  model: CompiledModel,
  { label, probabilities }: ClassCase,
  tolerance: number,
  path: string,
): void {
  if (!model.classes.includes(label)) {
    throw new ArtifactError(`${path}.label`, 'is not one of the classes');
  }
  const computedLabel = model.classes[model.classIndex()];
  if (computedLabel !== label) {
    const problem = `expects class "${label}" but the model gives "${computedLabel}"`;
    throw new ArtifactError(path, problem, REMEDY);
  }
  if (!probabilities) return;
  const computed = model.probabilities();
  if (!computed) throw new ArtifactError(path, 'has probabilities but the model has none', REMEDY);
  if (probabilities.length !== computed.length) {
    const problem = `must have ${computed.length} elements, not ${probabilities.length}`;
    throw new ArtifactError(`${path}.probabilities`, problem);
  }
  const difference = Math.max(...probabilities.map((p, k) => Math.abs(p - computed[k]!)));
  if (difference <= tolerance) return;
  const problem = `has probabilities that differ by ${difference.toExponential(1)}, more than ${tolerance}`;
  throw new ArtifactError(path, problem, REMEDY);
}

function verifyNumber(
  model: CompiledModel,
  { value }: NumberCase,
  tolerance: number,
  path: string,
): void {
  const computed = model.value();
  const difference = Math.abs(computed - value) / Math.max(1, Math.abs(value));
  if (difference <= tolerance) return;
  const problem = `expects ${value} but the model gives ${computed}, which differs by more than ${tolerance}`;
  throw new ArtifactError(path, problem, REMEDY);
}
