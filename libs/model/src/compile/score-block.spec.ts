import { build, random, randomTree } from '../../../../test/support/plain-trees';
import type { RegressionArtifact } from '../artifact/artifact';
import type { PredictorSpec } from '../predictors/predictors';
import { CompiledModel } from './compiled-model';

function regressor(predictor: PredictorSpec): CompiledModel {
  const artifact: RegressionArtifact = {
    format: 'inferserve-model',
    schemaVersion: 2,
    name: 'blocks',
    version: '1',
    task: 'regression',
    columns: ['x', 'y'].map((name) => ({ type: 'number', name, nullable: true })),
    pipeline: [],
    predictor,
    output: { type: 'identity' },
    verification: { tolerance: 1e-12, cases: [{ input: [0, 0], value: 0 }] },
    provenance: { source: 'imported' },
    contentHash: `sha256:${'0'.repeat(64)}`,
  };
  return new CompiledModel(artifact);
}

const next = random(11);
const list = Array.from({ length: 9 }, () => randomTree(next, 6, 1, 2));

describe('scoreBlock', () => {
  test.each<[string, PredictorSpec]>([
    ['trees', build(list, 2, 1, { missing: 'reject' })],
    ['a predictor without batches', { type: 'linear', coefficients: [[2, -1]], intercepts: [1] }],
  ])('%s: the answers of one row at a time, faulty rows left out', (_, predictor) => {
    const model = regressor(predictor);
    const rows: (readonly unknown[])[] = Array.from({ length: 50 }, (_, i) => [i / 10 - 2, 1 - i]);
    rows[3] = ['text', 1];
    rows[7] = [null, 1];
    const scored: [number, number][] = [];
    const unscorable: number[] = [];
    model.scoreBlock(
      rows.length,
      (row) => model.readValues(rows[row]!),
      (row) => scored.push([row, model.value()]),
      (row) => unscorable.push(row),
    );
    expect(unscorable).toEqual([7]);
    const others = rows.map((_, i) => i).filter((i) => i !== 3 && i !== 7);
    expect(scored).toEqual(
      others.map((i) => {
        model.readValues(rows[i]!);
        model.run();
        return [i, model.value()];
      }),
    );
  });

  test('refuses more rows than a block takes', () => {
    const model = regressor(build(list, 2, 1));
    expect(() =>
      model.scoreBlock(
        model.blockSize + 1,
        () => true,
        () => undefined,
        () => undefined,
      ),
    ).toThrow(RangeError);
  });
});
