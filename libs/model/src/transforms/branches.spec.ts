import { runTransform } from '../../../../test/support/run-transform';
import { COMPILE_CONTEXT } from '../compile/compile-kinds';
import { denseVector } from '../vector';
import { branchesKind } from './branches';
import { transformSchema, type TransformSpec } from './transforms';

const NAN = Number.NaN;
const { type } = branchesKind(transformSchema);
const oneHot = { type: 'one-hot', blocks: [{ width: 3, outputs: [0, 1, 2] }] } as const;

describe(type, () => {
  test.each(['dense', 'sparse'] as const)(
    'weights multiply a branch, dense or sparse, over a %s row',
    (kind) => {
      const step: TransformSpec = {
        type: 'branches',
        branches: [
          { columns: [1], pipeline: [], weight: 10 },
          { columns: [0], pipeline: [oneHot], weight: 0.5 },
          { columns: [1], pipeline: [{ type: 'impute', fill: [4] }] },
        ],
      };
      expect(
        runTransform(
          step,
          [
            [2, 7],
            [1, NAN],
          ],
          kind,
        ),
      ).toEqual([
        [70, 0, 0, 0.5, 7],
        [NAN, 0, 0.5, 0, 4],
      ]);
    },
  );

  test('a wide block beside numbers costs what the row holds', () => {
    const width = 50_000;
    const outputs = Array.from({ length: width }, (_, code) => code);
    const step: TransformSpec = {
      type: 'branches',
      branches: [
        { columns: [0], pipeline: [{ type: 'one-hot', blocks: [{ width, outputs }] }] },
        { columns: [1], pipeline: [] },
      ],
    };
    const scaled: TransformSpec[] = [
      step,
      { type: 'standardize', center: null, scale: Array<number>(width + 1).fill(2) },
      {
        type: 'affine',
        multiply: Array<number>(width + 1).fill(3),
        add: Array<number>(width + 1).fill(0),
      },
    ];
    const input = denseVector(2);
    const { output, run } = COMPILE_CONTEXT.pipeline(scaled, input, 'pipeline');
    for (const code of [4, 49_999]) {
      input.values.set([code, 8]);
      run(1);
      expect([...output.nonzero!.indices.subarray(0, output.nonzero!.count)]).toEqual([
        code,
        width,
      ]);
      expect([output.values[code], output.values[width]]).toEqual([1.5, 12]);
    }
    expect(output.values[4]).toBe(0);
  });
});
