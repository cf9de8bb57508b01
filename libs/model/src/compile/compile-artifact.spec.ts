import { irisReferenceArtifact } from '../../../../test/support/reference-models';
import { doubleArtifact } from '../../../../test/support/served-models';
import type { ClassCase, ClassificationArtifact, Metrics } from '../artifact/artifact';
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

  const matrix = (size: number) => Array.from({ length: size }, () => Array<number>(size).fill(1));

  test.each<[Metrics]>([
    [{ confusionMatrix: matrix(2) }],
    [{ confusionMatrix: [...matrix(3).slice(1), [1, 1]] }],
    [{ pairs: [[1, 2]] }],
  ])('refuses figures that are not of its classes: %j', (figures) => {
    const artifact = { ...irisReferenceArtifact(), metrics: { test: figures } };
    const [member] = Object.keys(figures);
    expect(() => compileArtifact(artifact)).toThrow(`metrics.test.${member}: `);
  });

  test('refuses a confusion matrix of a regressor, and takes figures that fit', () => {
    const regressor = doubleArtifact();
    const pairs = [[1, 2]] as const;
    expect(() => compileArtifact({ ...regressor, metrics: { test: { pairs } } })).not.toThrow();
    expect(() =>
      compileArtifact({ ...regressor, metrics: { test: { confusionMatrix: [] } } }),
    ).toThrow('metrics.test.confusionMatrix: is for classifiers');
    const iris = irisReferenceArtifact();
    const fits = { ...iris, metrics: { test: { confusionMatrix: matrix(3) } } };
    expect(() => compileArtifact(fits)).not.toThrow();
  });
});
