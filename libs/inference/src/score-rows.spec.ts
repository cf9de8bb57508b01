import { setImmediate as nextTurn } from 'node:timers/promises';
import { doubleArtifact, irisModel } from '../../../test/support/served-models';
import { irisReference } from '../../../test/support/reference-models';
import { FaultyRowsError } from './faulty-rows.error';
import { type RowSource, scoreRows } from './score-rows';
import { ServedModel } from './served-model';

const rowsOf = (values: readonly (readonly unknown[])[]): RowSource => ({
  count: values.length,
  read: (model, row) => model.readValues(values[row]!),
});

test('answers all rows of Iris as scikit-learn does, in more blocks than one', async () => {
  const { X, predict, predictProba } = irisReference();
  const model = irisModel();
  expect(X.length).toBeGreaterThan(model.blockSize);
  const { count, classIndices, probabilities } = await scoreRows(model, rowsOf(X), true);
  expect(count).toBe(150);
  expect([...classIndices]).toEqual(predict);
  for (const [i, row] of predictProba.entries()) {
    for (const [k, p] of row.entries()) expect(probabilities![3 * i + k]).toBeCloseTo(p, 12);
  }
});

test('counts answers once they are all there', async () => {
  const model = irisModel();
  const { X, predict } = irisReference();
  await scoreRows(model, rowsOf(X), false);
  const expected = [0, 1, 2].map((k) => predict.filter((label) => label === k).length);
  expect(model.answerCounts).toEqual(expected);
  await expect(scoreRows(model, rowsOf([...X, ['a', 1, 1, 1]]), false)).rejects.toThrow(
    FaultyRowsError,
  );
  expect(model.answerCounts).toEqual(expected);
});

test('a regressor gives values, and no probabilities whoever asks', async () => {
  const predictions = await scoreRows(
    new ServedModel(doubleArtifact()),
    rowsOf([[1.5], [-2]]),
    true,
  );
  expect(predictions).toEqual({
    count: 2,
    classIndices: new Int32Array(0),
    values: new Float64Array([3, -4]),
  });
});

test('names rows that are not valid and those without a finite answer', async () => {
  const model = new ServedModel(doubleArtifact());
  await expect(
    scoreRows(model, rowsOf([[1], ['x'], [1e308], [null]]), false),
  ).rejects.toMatchObject({ invalid: [1, 3], unscorable: [2] });
});

test('no rows are no answers', async () => {
  const { count, classIndices } = await scoreRows(irisModel(), rowsOf([]), true);
  expect([count, classIndices.length]).toEqual([0, 0]);
});

test('other work gets its turn before a block that could hold it for more than 20 ms in all', async () => {
  const model = irisModel();
  const row = irisReference().X[0]!;
  // Each look at the clock is 9 ms after the last, so each block takes 9 ms: 2 blocks a turn.
  let nowMs = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => (nowMs += 9));
  const turns: number[] = [];
  let blocks = 0;
  const watched = { isDone: false };
  const watch = async (): Promise<void> => {
    while (!watched.isDone) {
      await nextTurn();
      turns.push(blocks);
    }
  };
  const watching = watch();
  const counting: RowSource = {
    count: 10 * model.blockSize,
    read: (served, index) => {
      if (index % served.blockSize === 0) blocks += 1;
      return served.readValues(row);
    },
  };
  await scoreRows(model, counting, false);
  watched.isDone = true;
  await watching;
  clock.mockRestore();
  const held = turns.map((done, i) => done - (turns[i - 1] ?? 0));
  expect(Math.max(...held)).toBe(2);
  expect(blocks).toBe(10);
});
