import { ServedModel } from '@inferserve/inference';
import { type Artifact, type ColumnSpec, sealArtifact } from '@inferserve/model';
import { irisReferenceArtifact } from './reference-models';

type Value = string | number | boolean | null;

/** scikit-learn's Iris pipeline, ready to serve. */
export const irisModel = (): ServedModel => new ServedModel(irisReferenceArtifact());

/** A column of numbers. */
export const numberColumn = (name: string, more: object = {}): ColumnSpec => ({
  type: 'number',
  name,
  ...more,
});

/** An artifact that answers 1 where the sum of its columns is above 0, else 0; `example` is a row with a positive sum. */
export function signArtifact(
  columns: readonly ColumnSpec[],
  example: readonly Value[] = columns.map(() => 1),
): Artifact {
  return sealArtifact({
    name: 'sign',
    version: '1',
    task: 'classification',
    classes: [0, 1],
    columns: [...columns],
    pipeline: [],
    predictor: { type: 'linear', coefficients: [columns.map(() => 1)], intercepts: [0] },
    output: { type: 'sigmoid' },
    verification: { tolerance: 1e-12, cases: [{ input: [...example], label: 1 }] },
    provenance: { source: 'imported' },
  });
}

/** An artifact that answers twice the number in its one column, `x`. */
export function doubleArtifact(): Artifact {
  return sealArtifact({
    name: 'double',
    version: '1',
    task: 'regression',
    columns: [numberColumn('x')],
    pipeline: [],
    predictor: { type: 'linear', coefficients: [[2]], intercepts: [0] },
    output: { type: 'identity' },
    verification: { tolerance: 1e-12, cases: [{ input: [1.5], value: 3 }] },
    provenance: { source: 'imported' },
  });
}

/** An artifact under another name and version. */
export function named(artifact: Artifact, name: string, version: string): Artifact {
  const { contentHash: _, format: _f, schemaVersion: _s, ...content } = artifact;
  return sealArtifact({ ...content, name, version });
}

/** `signArtifact` of one column, `x`. */
export function sign(name: string, version: string): Artifact {
  return named(signArtifact([numberColumn('x')]), name, version);
}

/** Version `v` of `times` answers `v` times the number in its column `x`: an answer says which version gave it. */
export function multiplier(version: number): Artifact {
  return sealArtifact({
    name: 'times',
    version: String(version),
    task: 'regression',
    columns: [numberColumn('x')],
    pipeline: [],
    predictor: { type: 'linear', coefficients: [[version]], intercepts: [0] },
    output: { type: 'identity' },
    verification: { tolerance: 1e-12, cases: [{ input: [2], value: 2 * version }] },
    provenance: { source: 'imported' },
  });
}
