import { setImmediate as nextTurn } from 'node:timers/promises';
import { FaultyRowsError } from './faulty-rows.error';
import type { Predictions } from './predictions';
import type { ServedModel } from './served-model';

/** The event loop gets its turn before a block that could hold it longer than this since the last one. */
const MAX_TURN_MS = 20;

/** Rows to be scored, however they were sent. */
export interface RowSource {
  readonly count: number;
  /** Has `model` read a row; `false` where a value is faulty. */
  read(model: ServedModel, row: number): boolean;
}

/**
 * Scores all rows in blocks and counts the answers. Other requests get their turn in between, so that the
 * event loop is never held for long.
 * @throws FaultyRowsError with the faulty rows of the first block that has any
 */
export async function scoreRows(
  model: ServedModel,
  rows: RowSource,
  withProbabilities: boolean,
): Promise<Predictions> {
  const { count } = rows;
  const predictions = emptyPredictions(model, count, withProbabilities);
  const invalid: number[] = [];
  const unscorable: number[] = [];
  const read = (row: number): boolean => {
    const isValid = rows.read(model, row);
    if (!isValid) invalid.push(row);
    return isValid;
  };
  const { blockSize } = model;
  // Whatever reads many rows has held the event loop for a while before, and what writes the answers does after.
  const isLong = count > blockSize;
  if (isLong) await nextTurn();
  let turnStarted = performance.now();
  let last = turnStarted;
  let longestMs = 0;
  for (let first = 0; first < count; first += blockSize) {
    const size = Math.min(blockSize, count - first);
    model.scoreBlock(predictions, first, size, read, (row) => unscorable.push(row));
    if (invalid.length + unscorable.length > 0) throw new FaultyRowsError(invalid, unscorable);
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    if (now - turnStarted + longestMs <= MAX_TURN_MS) continue;
    await nextTurn();
    turnStarted = last = performance.now();
  }
  if (isLong) await nextTurn();
  model.countAnswers(predictions);
  return predictions;
}

function emptyPredictions(
  { task, classes, hasProbabilities, traffic }: ServedModel,
  count: number,
  withProbabilities: boolean,
): Predictions {
  const isRegression = task === 'regression';
  const answers = {
    count,
    classIndices: new Int32Array(isRegression ? 0 : count),
    values: new Float64Array(isRegression ? count : 0),
    traffic: traffic?.startBatch(),
  };
  if (!withProbabilities || !hasProbabilities) return answers;
  return { ...answers, probabilities: new Float64Array(count * classes.length) };
}
