import type { DistributionSpec } from '@inferserve/model';
import { baselineArtifact, withBaseline } from '../../../../test/support/baseline-model';
import { doubleArtifact, numberColumn, signArtifact } from '../../../../test/support/served-models';
import { scoreRows } from '../score-rows';
import { type Row, ServedModel } from '../served-model';
import type { DistributionTraffic } from './traffic-snapshot';

const MINUTE_MS = 60_000;
const PLAIN = { x: 1.5, city: 'Bonn', member: false };

function answer(model: ServedModel, row: Row, times = 1): void {
  for (let i = 0; i < times; i++) {
    model.read(row);
    model.answer();
  }
}

const column = (model: ServedModel, name: string): DistributionTraffic =>
  model.traffic!.snapshot().columns.find((each) => each.name === name)!;
const outside = (model: ServedModel, name: string): unknown =>
  Object.fromEntries(column(model, name).outside.map(({ type, total }) => [type, total]));
const counts = ({ bins }: DistributionTraffic): unknown => bins.map(({ count }) => count);

describe('the traffic of a model', () => {
  let model: ServedModel;
  beforeEach(() => {
    jest.useFakeTimers();
    model = new ServedModel(baselineArtifact());
  });
  afterEach(() => jest.useRealTimers());

  it('is counted by the bins of the baseline, with what lies outside', () => {
    answer(model, PLAIN);
    answer(model, { ...PLAIN, x: 10.5 }, 2);
    answer(model, { ...PLAIN, x: -1, city: 'Rome' });
    answer(model, { ...PLAIN, x: null, member: true });
    expect(model.traffic!.snapshot().rows).toBe(5);
    expect(outside(model, 'x')).toEqual({ missing: 1, below_range: 1, above_range: 2 });
    expect(outside(model, 'city')).toEqual({ missing: 0, unseen: 1 });
    // Missing, then the tenths: -1 counts in the first, 10.5 in the last one.
    expect(counts(column(model, 'x'))).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(column(model, 'member').bins).toEqual([
      { name: 'missing', expected: 0, count: 0 },
      { name: 'unseen', expected: 0, count: 0 },
      { name: 'false', expected: 1, count: 4 },
      { name: 'true', expected: 0, count: 1 },
    ]);
    // The sums are 1.5, 10.5 twice, -1 - 1 and 0 + 0 + 1: all but one positive.
    expect(counts(model.traffic!.snapshot().predictions!)).toEqual([0, 0, 1, 4]);
  });

  it('has an index once there are 200 rows', () => {
    answer(model, { ...PLAIN, x: 0.5 }, 100);
    answer(model, PLAIN, 99);
    expect(column(model, 'x').stabilityIndex).toBeUndefined();
    answer(model, PLAIN);
    // Half of the rows in each of the first two tenths, none in the other eight:
    // 2 · (0.5 − 0.1) · ln 5 + 8 · (0.0001 − 0.1) · ln 0.001 = 1.2875503 + 5.5206780.
    expect(column(model, 'x').stabilityIndex).toBeCloseTo(6.808228, 6);
    // (1 − 0.5) · ln 2 + (0.0001 − 0.5) · ln 0.0002, for all from Bonn and for all predicted 1.
    const oneOfTwo = 4.604318;
    expect(column(model, 'city').stabilityIndex).toBeCloseTo(oneOfTwo, 6);
    expect(column(model, 'member').stabilityIndex).toBe(0);
    expect(model.traffic!.snapshot().predictions!.stabilityIndex).toBeCloseTo(oneOfTwo, 6);
  });

  it('takes every eighth row beyond a thousand a second, for eight', () => {
    answer(model, PLAIN, 1000);
    answer(model, { ...PLAIN, x: 11 }, 80);
    expect(model.traffic!.snapshot().rows).toBe(1080);
    expect(outside(model, 'x')).toMatchObject({ above_range: 80 });
    answer(model, { ...PLAIN, x: 12 }, 7);
    expect(model.traffic!.snapshot().rows).toBe(1080);
    jest.advanceTimersByTime(1000);
    answer(model, { ...PLAIN, x: 12 });
    expect(model.traffic!.snapshot().rows).toBe(1081);
  });

  it('takes every 64th row beyond nine thousand a second, for 64', () => {
    answer(model, PLAIN, 9000);
    answer(model, { ...PLAIN, x: 11 }, 63);
    expect(model.traffic!.snapshot().rows).toBe(9000);
    answer(model, { ...PLAIN, x: 11 }, 65);
    expect(model.traffic!.snapshot().rows).toBe(9128);
    expect(outside(model, 'x')).toMatchObject({ above_range: 128 });
  });

  it('leaves the window after an hour, and stays in the totals', () => {
    answer(model, { ...PLAIN, x: 11 });
    jest.advanceTimersByTime(50 * MINUTE_MS);
    answer(model, { ...PLAIN, x: 12 });
    expect(column(model, 'x').outside[2]).toEqual({ type: 'above_range', window: 2, total: 2 });
    jest.advanceTimersByTime(10 * MINUTE_MS);
    expect(column(model, 'x').outside[2]).toEqual({ type: 'above_range', window: 1, total: 2 });
    answer(model, { ...PLAIN, x: 13 });
    jest.advanceTimersByTime(60 * MINUTE_MS);
    expect(model.traffic!.snapshot().rows).toBe(0);
    expect(column(model, 'x').outside[2]).toEqual({ type: 'above_range', window: 0, total: 3 });
    jest.advanceTimersByTime(1000 * MINUTE_MS);
    answer(model, PLAIN);
    expect(counts(column(model, 'x'))).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('of several processes is that of their rows together, which is no mean of theirs', () => {
    const other = new ServedModel(baselineArtifact());
    answer(model, { ...PLAIN, city: 'Bonn' }, 200);
    answer(other, { ...PLAIN, city: 'Köln' }, 200);
    const { columns, rows } = model.traffic!.snapshot([
      model.traffic!.read(),
      other.traffic!.read(),
    ]);
    expect(rows).toBe(400);
    expect(columns[1]).toMatchObject({ name: 'city', stabilityIndex: 0 });
    expect(column(model, 'city').stabilityIndex).toBeGreaterThan(4);
  });

  it('counts the rows of a batch once all of them are answered, and none that is refused', async () => {
    jest.useRealTimers();
    const rows = [PLAIN, { ...PLAIN, x: 11 }, { ...PLAIN, x: 'a' }];
    const source = (count: number) => ({
      count,
      read: (reader: ServedModel, i: number) => reader.read(rows[i]!),
    });
    await scoreRows(model, source(2), false);
    await expect(scoreRows(model, source(3), false)).rejects.toThrow('1 rows are not valid');
    expect(model.traffic!.snapshot().rows).toBe(2);
    expect(outside(model, 'x')).toMatchObject({ above_range: 1 });
    expect(counts(model.traffic!.snapshot().predictions!)).toEqual([0, 0, 0, 2]);
  });

  it('does not count a row that has no answer, nor one that is only scored', () => {
    const regressor = new ServedModel(
      withBaseline(doubleArtifact(), {
        rows: 1,
        columns: {},
        predictions: {
          type: 'quantiles',
          missing: 0,
          mean: 0,
          quantiles: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
          shares: [0.9, 0, 0, 0, 0, 0, 0, 0, 0, 0.1],
        },
      }),
    );
    regressor.read({ x: 1.7e308 });
    expect(() => regressor.answer()).toThrow('no finite answer');
    regressor.read({ x: 0.25 });
    regressor.score();
    expect(regressor.traffic!.snapshot().rows).toBe(0);
    regressor.answer();
    expect(counts(regressor.traffic!.snapshot().predictions!)).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ]);
  });

  it('takes values that are too large for the scores as they were sent', () => {
    const wide = signArtifact([numberColumn('x'), numberColumn('y')]);
    const { columns } = baselineArtifact().baseline!;
    // The scores are computed in a unit of 2^-1000, in which 1.7e308 is 1.6e7.
    const upToBillions = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1e9];
    const distribution = { ...columns.x!, quantiles: upToBillions } as DistributionSpec;
    const both = { rows: 1, columns: { x: distribution, y: distribution } };
    const scaled = new ServedModel(withBaseline(wide, both));
    answer(scaled, { x: 1.7e308, y: 1.7e308 });
    expect(outside(scaled, 'x')).toMatchObject({ above_range: 1 });
    answer(scaled, { x: 1.5, y: 1.5 });
    expect(counts(column(scaled, 'y'))).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('is forgotten with the warm-up, and not there without a baseline', () => {
    answer(model, PLAIN);
    model.resetCounts();
    expect(model.traffic!.snapshot().rows).toBe(0);
    expect(new ServedModel(doubleArtifact()).traffic).toBeUndefined();
  });

  it('is that of the first 256 columns of a wide model', () => {
    const names = Array.from({ length: 300 }, (_, i) => `c${i}`);
    const { columns } = baselineArtifact().baseline!;
    const wide = new ServedModel(
      withBaseline(signArtifact(names.map((name) => numberColumn(name))), {
        rows: 1,
        columns: Object.fromEntries(names.map((name) => [name, columns.x!])),
      }),
    );
    expect(wide.traffic!.snapshot().columns).toHaveLength(256);
  });
});
