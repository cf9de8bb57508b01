import { irisReferenceArtifact } from '../../../../test/support/reference-models';
import type { ClassCase, ClassificationArtifact } from '../artifact/artifact';
import { compileArtifact } from './compile-artifact';

function withCase(
  change: Partial<ClassCase>,
  base = irisReferenceArtifact(),
): ClassificationArtifact {
  const [first] = base.verification.cases;
  return { ...base, verification: { tolerance: 1e-12, cases: [first!, { ...first!, ...change }] } };
}

describe(compileArtifact.name, () => {
  test('compiles an artifact that reproduces its cases', () => {
    expect(compileArtifact(irisReferenceArtifact()).columnNames).toHaveLength(4);
  });

  test('refuses another class than the one expected', () => {
    expect(() => compileArtifact(withCase({ label: 'virginica' }))).toThrow(
      /^verification\.cases\[1\]: expects class "virginica" but the model gives "setosa"/,
    );
  });

  test('refuses probabilities beyond the tolerance', () => {
    const [first] = irisReferenceArtifact().verification.cases;
    const shifted = first!.probabilities!.map((p, k) => p + (k === 0 ? -1e-11 : 0));
    expect(() => compileArtifact(withCase({ probabilities: shifted }))).toThrow(
      /^verification\.cases\[1\]: has probabilities that differ by 1\.0e-11, more than 1e-12/,
    );
  });

  test('refuses probabilities of a model that has none', () => {
    const base = irisReferenceArtifact();
    const none: ClassificationArtifact = { ...base, output: { type: 'scores-only' } };
    expect(() => compileArtifact(withCase({}, none))).toThrow('the model has none');
  });
});
