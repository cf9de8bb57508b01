import {
  compileArtifact,
  type LinearModel,
  type PreprocessingStep,
  sealArtifact,
} from '@inferserve/model';
import { VERIFICATION_TOLERANCE, verificationCases } from './verification-cases';

const STEPS: readonly (readonly PreprocessingStep[])[] = [
  [],
  [{ type: 'standardize', center: [5, 3], scale: [0.8, 0.4] }],
  [{ type: 'standardize', center: null, scale: [2, 3] }],
  [{ type: 'affine', multiply: [0.5, 0.25], add: [-1, 0], clip: [0, 1] }],
];
const THREE = [
  [1, -2],
  [0.5, 1],
  [-1, 0.25],
];

function linear(
  rows: readonly (readonly number[])[],
  probability: LinearModel['probability'],
): LinearModel {
  return {
    type: 'linear',
    coefficients: rows,
    intercepts: rows.map((_, k) => 0.1 * k),
    probability,
  };
}

const MODELS: readonly LinearModel[] = [
  linear(THREE, 'softmax'),
  linear(THREE, 'ovr-normalized'),
  linear(THREE, 'modified-huber'),
  linear(THREE, 'none'),
  linear([[1, -2]], 'sigmoid'),
  linear([[1, -2]], 'softmax-pm'),
  linear([[1, -2]], 'modified-huber'),
];

const combinations = MODELS.flatMap((model) =>
  STEPS.map((preprocessing) => ({ model, preprocessing })),
);

describe('verificationCases', () => {
  it.each(combinations)('are what the serving code computes: %j', ({ model, preprocessing }) => {
    const classes = model.coefficients.length === 1 ? [0, 1] : ['a', 'b', 'c'];
    const cases = verificationCases({ model, preprocessing, classes }, 2);
    const artifact = sealArtifact({
      name: 'test',
      version: '1',
      input: { features: [{ name: 'x' }, { name: 'y' }] },
      preprocessing,
      classes,
      model,
      verification: { tolerance: VERIFICATION_TOLERANCE, cases },
      provenance: { source: 'imported' },
    });
    expect(() => compileArtifact(artifact)).not.toThrow();
    expect(new Set(cases.map(({ label }) => label)).size).toBeGreaterThan(1);
    expect(
      cases.every(
        ({ probabilities }) => (probabilities === undefined) === (model.probability === 'none'),
      ),
    ).toBe(true);
  });

  it('asks about rows inside and outside the training range', () => {
    const preprocessing = STEPS[1]!;
    const cases = verificationCases({ model: MODELS[0]!, preprocessing, classes: [0, 1, 2] }, 2);
    const first = cases.map(({ input }) => Math.abs(input[0]! - 5) / 0.8);
    expect(Math.min(...first)).toBe(0);
    expect(Math.max(...first)).toBeCloseTo(8);
  });

  it('stays small for wide models, and answers ties with the first class', () => {
    const width = 50_000;
    const zeros = Array<number>(width).fill(0);
    const model = { ...linear([zeros, zeros], 'softmax'), intercepts: [0, 0] };
    const cases = verificationCases({ model, preprocessing: [], classes: ['a', 'b'] }, width);
    expect(cases).toEqual([{ input: zeros, label: 'a', probabilities: [0.5, 0.5] }]);
  });
});
