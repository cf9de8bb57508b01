import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Predictions } from './predictions';
import type { RowSource } from './score-rows';
import type { ServedModel } from './served-model';

/** An explanation can cost a thousand times what its row costs; after so long, other requests get their turn. */
const MAX_TURN_MS = 20;

/**
 * What each column of each row added to the score of its prediction, and behind the columns the base: row after row,
 * columns + 1 numbers that add up to the score. NaN for a row whose scores overflow.
 * @param predictions of these rows, all of which have one
 */
export async function explainRows(
  model: ServedModel,
  rows: RowSource,
  { count, classIndices }: Predictions,
): Promise<Float64Array> {
  const width = model.columns.length + 1;
  const explained = new Float64Array(count * width).fill(NaN);
  let turnStarted = performance.now();
  for (let row = 0; row < count; row++) {
    rows.read(model, row);
    model.score();
    const explanation = model.explanations.explain(classIndices[row] ?? 0);
    if (explanation) {
      explained.set(explanation.contributions, row * width);
      explained[row * width + width - 1] = explanation.base;
    }
    if (performance.now() - turnStarted <= MAX_TURN_MS) continue;
    await nextTurn();
    turnStarted = performance.now();
  }
  return explained;
}
