import { type Artifact, type Baseline, sealArtifact } from '@inferserve/model';
import { signArtifact } from './served-models';

/** The same artifact with another baseline, or without one. */
export function withBaseline(artifact: Artifact, baseline: Baseline | undefined): Artifact {
  const { contentHash: _, format: _f, schemaVersion: _s, ...content } = artifact;
  return sealArtifact({ ...content, baseline });
}

/**
 * A model of one column of each kind that has a distribution. It was trained on numbers `x` from 0 to 10, of which a
 * tenth lies in each unit of length, half of the rows with `city` Bonn and half with Köln, and all with `member` false; half of
 * the predictions were 0.
 */
export function baselineArtifact(): Artifact {
  const artifact = signArtifact(
    [
      { type: 'number', name: 'x', nullable: true },
      { type: 'category', name: 'city', values: ['Bonn', 'Köln'], unknown: 'accept' },
      { type: 'boolean', name: 'member' },
    ],
    [1, 'Bonn', false],
  );
  return withBaseline(
    { ...artifact, name: 'watched', pipeline: [{ type: 'impute', fill: [0, 0, 0] }] } as Artifact,
    {
      rows: 1000,
      columns: {
        x: {
          type: 'quantiles',
          missing: 0,
          mean: 5,
          quantiles: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
          shares: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
        },
        city: { type: 'shares', missing: 0, other: 0, shares: [0.5, 0.5] },
        member: { type: 'shares', missing: 0, other: 0, shares: [1, 0] },
      },
      predictions: { type: 'shares', missing: 0, other: 0, shares: [0.5, 0.5] },
    },
  );
}
