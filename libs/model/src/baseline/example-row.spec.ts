import { baselineArtifact, withBaseline } from '../../../../test/support/baseline-model';
import { mixedArtifact } from '../../../../test/support/mixed-model';
import { irisReferenceArtifact } from '../../../../test/support/reference-models';
import type { Artifact } from '../artifact/artifact';
import { exampleRow } from './example-row';

const usual = (change: object = {}): Artifact => {
  const { baseline } = baselineArtifact();
  return withBaseline(baselineArtifact(), {
    ...baseline!,
    columns: { ...baseline!.columns, ...change },
  });
};

describe('exampleRow', () => {
  it('is the most usual value of each column, with the answer of the model', () => {
    const shares = { type: 'shares', missing: 0, other: 0.1, shares: [0.3, 0.6] } as const;
    expect(exampleRow(usual({ city: shares }))).toEqual({
      input: [5, 'Köln', false],
      answer: expect.objectContaining({ task: 'classification', label: 1 }),
    });
  });

  it('has no value where most rows had none', () => {
    const { x } = baselineArtifact().baseline!.columns;
    expect(exampleRow(usual({ x: { ...x!, missing: 0.6 } })).input).toEqual([null, 'Bonn', false]);
  });

  it('finds the most frequent of very many values', () => {
    const artifact = baselineArtifact();
    const values = Array.from({ length: 300_000 }, (_, i) => `town ${i}`);
    const shares = values.map((_, i) => (i === 299_999 ? 1 : 0));
    const columns = artifact.columns.map((column) =>
      column.name === 'city' ? { ...column, values } : column,
    ) as Artifact['columns'];
    const city = { type: 'shares', missing: 0, other: 0, shares } as const;
    const baseline = { ...artifact.baseline!, columns: { city } };
    const { input } = exampleRow({ ...artifact, columns, baseline } as Artifact);
    expect(input[1]).toBe('town 299999');
  });

  it('is a stated row where the usual values are no row of the model', () => {
    const never = { type: 'shares', missing: 1, other: 0, shares: [0, 0] } as const;
    expect(exampleRow(usual({ member: never })).input).toEqual([1, 'Bonn', false]);
  });

  it('is the first stated row of an import without a baseline', () => {
    expect(exampleRow(mixedArtifact())).toEqual({
      input: [30, 'Bonn', true, 1],
      answer: { task: 'classification', label: 'yes' },
    });
  });

  it('is a row of the first class for a model that was trained here', () => {
    const artifact = irisReferenceArtifact();
    expect(exampleRow({ ...artifact, provenance: { source: 'trained' } }).answer).toEqual({
      task: 'classification',
      label: artifact.task === 'classification' && artifact.classes[0],
    });
  });
});
