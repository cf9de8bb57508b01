import type { Answer, ClassLabel } from '@inferserve/model';
import type { ServedModel } from './served-model';
import { ShadowComparison } from './shadow-comparison';

const withClasses = (...classes: readonly ClassLabel[]): ServedModel =>
  ({ classes }) as unknown as ServedModel;
const classAnswer = (label: ClassLabel, ...probabilities: readonly number[]): Answer => ({
  task: 'classification',
  classIndex: 0,
  label,
  probabilities: Float64Array.from(probabilities),
});
const valueAnswer = (value: number): Answer => ({ task: 'regression', value });

describe(ShadowComparison.name, () => {
  let comparison: ShadowComparison;
  beforeEach(() => {
    comparison = new ShadowComparison('m', '1', '2');
  });

  it('compares probabilities by class, whatever its position', () => {
    const served = withClasses('a', 'b');
    comparison.compare(
      served,
      classAnswer('a', 0.75, 0.25),
      withClasses('b', 'a'),
      classAnswer('a', 0.25, 0.75),
    );
    expect([comparison.rows.agree, comparison.largestGap]).toEqual([1, 0]);
    comparison.compare(
      served,
      classAnswer('a', 0.75, 0.25),
      withClasses('a', 'c'),
      classAnswer('c', 0.375, 0.625),
    );
    // a: 0.375, b: 0.25, c: 0.625
    expect([comparison.rows.differ, comparison.largestGap]).toEqual([1, 0.625]);
    expect(comparison.agreement).toBe(0.5);
  });

  it('takes values for the same where only rounding differs', () => {
    const model = withClasses();
    comparison.compare(model, valueAnswer(1e6), model, valueAnswer(1e6 + 1e-4));
    comparison.compare(model, valueAnswer(0), model, valueAnswer(1e-8));
    expect(comparison.rows).toMatchObject({ agree: 1, differ: 1 });
  });

  it('counts answers of another kind as errors', () => {
    comparison.compare(withClasses('a'), classAnswer('a', 1), withClasses(), valueAnswer(1));
    expect([comparison.rows.error, comparison.agreement]).toEqual([1, 1]);
  });
});
