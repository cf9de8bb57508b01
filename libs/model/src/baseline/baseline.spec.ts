import { mixedArtifact } from '../../../../test/support/mixed-model';
import { doubleArtifact } from '../../../../test/support/served-models';
import type { Artifact } from '../artifact/artifact';
import { formatArtifact } from '../artifact/format-artifact';
import { parseArtifact } from '../artifact/parse-artifact';
import { sealArtifact } from '../artifact/seal-artifact';
import { compileArtifact } from '../compile/compile-artifact';
import type { Baseline } from './baseline';
import { BaselineCollector } from './baseline-collector';

function withBaseline(artifact: Artifact, baseline: unknown): Artifact {
  const { contentHash: _, format: _f, schemaVersion: _s, ...content } = artifact;
  return sealArtifact({ ...content, baseline: baseline as Baseline });
}

function mixedBaseline(): Baseline {
  const collector = new BaselineCollector(compileArtifact(mixedArtifact()));
  collector.add([30, 'Bonn', true, 1], 1);
  collector.add([null, 'Rome', false, null], 0);
  collector.add([50, 'Köln', false, 2], 0);
  collector.add([40, 'Bonn', false, 2], 0);
  return collector.finish()!;
}

describe('a baseline', () => {
  test('has the distribution of every column and of the predictions', () => {
    expect(mixedBaseline()).toEqual({
      rows: 4,
      columns: {
        age: {
          type: 'quantiles',
          missing: 0.25,
          mean: expect.closeTo(40, 12),
          quantiles: [30, 30, 30, 30, 40, 40, 40, 50, 50, 50, 50],
          shares: [0.25, 0, 0, 0.25, 0, 0, 0.25, 0, 0, 0],
        },
        city: { type: 'shares', missing: 0, other: 0.25, shares: [0.5, 0.25, 0] },
        member: { type: 'shares', missing: 0, other: 0, shares: [0.75, 0.25] },
        grade: { type: 'shares', missing: 0.25, other: 0, shares: [0.25, 0.5] },
      },
      predictions: { type: 'shares', missing: 0, other: 0, shares: [0.75, 0.25] },
    });
  });

  test('of a regressor has the quantiles of its numbers', () => {
    const collector = new BaselineCollector(compileArtifact(doubleArtifact()));
    for (const x of [1, 2, 3]) collector.add([x], 2 * x);
    expect(collector.finish()).toMatchObject({
      predictions: { type: 'quantiles', mean: 4, quantiles: expect.arrayContaining([2, 4, 6]) },
    });
  });

  test('is part of the artifact', () => {
    const artifact = withBaseline(mixedArtifact(), mixedBaseline());
    expect(parseArtifact(formatArtifact(artifact))).toEqual(artifact);
    expect(() => compileArtifact(artifact)).not.toThrow();
  });

  test('leaves out columns that were never filled', () => {
    const collector = new BaselineCollector(compileArtifact(mixedArtifact()));
    collector.add([null, 'Bonn', true, null], 1);
    expect(Object.keys(collector.finish()!.columns)).toEqual(['city', 'member']);
    expect(new BaselineCollector(compileArtifact(mixedArtifact())).finish()).toBeUndefined();
  });

  const shares = { type: 'shares', missing: 0, other: 0, shares: [1, 0] };
  test.each([
    [{ columns: { town: shares } }, 'baseline.columns: "town" is not a column'],
    [{ columns: { age: shares } }, 'baseline.columns.age: must be "quantiles", not "shares"'],
    [{ columns: { city: shares } }, 'baseline.columns.city.shares: must have 3 elements, not 2'],
    [
      { columns: {}, predictions: { ...shares, shares: [1, 0, 0] } },
      'baseline.predictions.shares: must have 2 elements, not 3',
    ],
  ])('is refused where it does not fit the model: %j', (baseline, message) => {
    const artifact = withBaseline(mixedArtifact(), { rows: 1, ...baseline });
    expect(() => compileArtifact(parseArtifact(formatArtifact(artifact)))).toThrow(message);
  });
});
