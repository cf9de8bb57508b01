import { faultPath, runTransform } from '../../../../test/support/run-transform';
import { COMPILE_CONTEXT } from '../compile/compile-kinds';
import { denseVector } from '../vector';
import { oneHot, type OneHotSpec } from './one-hot';

const NAN = Number.NaN;

function step(...blocks: OneHotSpec['blocks']): OneHotSpec {
  return { type: 'one-hot', blocks };
}

describe(oneHot.type, () => {
  test('one block of zeros and a single 1 for each position', () => {
    const spec = step({ width: 3, outputs: [0, 1, 2] }, { width: 2, outputs: [1, 0] });
    expect(
      runTransform(spec, [
        [2, 0],
        [0, 1],
      ]),
    ).toEqual([
      [0, 0, 1, 0, 1],
      [1, 0, 0, 1, 0],
    ]);
  });

  test('dropped, unknown and missing categories are all zeros by default', () => {
    const spec = step({ width: 1, outputs: [-1, 0] });
    expect(runTransform(spec, [[0], [1], [-1], [2], [0.5], [NAN]])).toEqual([
      [0],
      [1],
      [0],
      [0],
      [0],
      [0],
    ]);
  });

  test('infrequent categories share an output, also with unknown ones; missing has its own', () => {
    const spec = step({ width: 3, outputs: [0, 1, 1], unknown: 1, missing: 2 });
    expect(runTransform(spec, [[1], [2], [-1], [NAN]])).toEqual([
      [0, 1, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  test('a row of 5 columns touches 5 positions, however wide the blocks are', () => {
    const width = 20_000;
    const outputs = Int32Array.from({ length: width }, (_, code) => code);
    const data = Buffer.from(outputs.buffer).toString('base64');
    const block = { width, outputs: { dtype: 'int32', shape: [width], data } } as const;
    const input = denseVector(5);
    const pipeline = COMPILE_CONTEXT.pipeline(
      [step(block, block, block, block, block)],
      input,
      'pipeline',
    );
    const writes: number[] = [];
    const { values, nonzero } = pipeline.output;
    expect(values).toHaveLength(100_000);
    for (const row of [
      [0, 1, 2, 3, 4],
      [19_999, -1, 5, 6, NAN],
    ]) {
      input.values.set(row);
      pipeline.run(1);
      writes.push(nonzero!.count);
      const listed = [...nonzero!.indices.subarray(0, nonzero!.count)];
      expect(listed).toEqual(row.flatMap((code, j) => (code >= 0 ? [j * width + code] : [])));
      expect(values.reduce((sum, value) => sum + value)).toBe(nonzero!.count);
    }
    expect(writes).toEqual([5, 3]);
  });

  test.each<[OneHotSpec, string]>([
    [step({ width: 2, outputs: [0, 1] }), 'pipeline[0].blocks'],
    [
      step({ width: 2, outputs: [0, 2] }, { width: 1, outputs: [0] }),
      'pipeline[0].blocks[0].outputs[1]',
    ],
    [
      step({ width: 2, outputs: [0, -2] }, { width: 1, outputs: [0] }),
      'pipeline[0].blocks[0].outputs[1]',
    ],
    [
      step({ width: 2, outputs: [0] }, { width: 1, outputs: [0], unknown: 1 }),
      'pipeline[0].blocks[1].unknown',
    ],
    [
      step({ width: 2, outputs: [0], missing: 5 }, { width: 1, outputs: [0] }),
      'pipeline[0].blocks[0].missing',
    ],
  ])('refuses blocks that do not fit: %j', (spec, path) => {
    expect(faultPath(spec, 2)).toBe(path);
  });
});
