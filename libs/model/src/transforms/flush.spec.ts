import { COMPILE_CONTEXT } from '../compile/compile-kinds';
import type { FlushSpec } from './flush';
import { denseVector, put, sparseVector } from '../vector';

const tiny: FlushSpec = { type: 'flush', limit: 1e-35 };

describe('flush', () => {
  test('turns tiny numbers into 0 and leaves the others, NaN included', () => {
    const input = denseVector(5);
    input.values.set([1e-35, -1e-35, 1.1e-35, Number.NaN, -2]);
    const { output, run } = COMPILE_CONTEXT.pipeline([tiny], input, '');
    run(1);
    expect([...output.values]).toEqual([0, 0, 1.1e-35, Number.NaN, -2]);
  });

  test('keeps a sparse row sparse', () => {
    const input = sparseVector(4);
    put(input, 2, 7);
    const { output, run } = COMPILE_CONTEXT.pipeline([tiny], input, '');
    run(1);
    expect([...output.values]).toEqual([0, 0, 7, 0]);
    expect(output.nonzero?.count).toBe(1);
  });
});
