import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type Row, type ServedModel, ShadowScorer } from '@inferserve/inference';
import { type Answer, UnscorableRowError } from '@inferserve/model';
import type { InputFault } from '../../http/errors/problem';
import { ProblemException } from '../../http/errors/problem.exception';
import { WarmUp } from '../../http/requests/warm-up';
import { nativeFault } from './native-errors';
import { ResponseWriter } from './response-writer';
import { RowReader } from './row-reader';

/** Rows with faults cost a hundred times what others cost; after so many, other requests get their turn. */
const FAULTY_ROWS_PER_TURN = 250;

/** Turns rows into response bodies. */
@Injectable()
export class PredictionService {
  constructor(
    private readonly rows: RowReader,
    private readonly writer: ResponseWriter,
    private readonly shadows: ShadowScorer,
    private readonly warmUp: WarmUp,
  ) {}

  /**
   * The response to a valid row.
   * @throws ProblemException where the model has no finite answer, or none of the probabilities that are asked for
   */
  predict(model: ServedModel, row: Row, withProbabilities: boolean): object {
    if (withProbabilities) checkProbabilities(model);
    // Other rows may have been read since this one was checked.
    model.read(row);
    const answer = answerOf(model, withProbabilities);
    if (!answer) throw ProblemException.invalid(unscorable([]));
    this.offerToShadows(model, [row]);
    return this.writer.row(model, answer);
  }

  /**
   * The response to rows in their order; a faulty row has its faults in its place.
   * @throws ProblemException where the model has none of the probabilities that are asked for
   */
  async predictBatch(
    model: ServedModel,
    rows: readonly unknown[],
    withProbabilities: boolean,
  ): Promise<object> {
    if (withProbabilities) checkProbabilities(model);
    const batch = this.writer.batch(model);
    let faultyRows = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const answer = this.rows.read(model, row) ? answerOf(model, withProbabilities) : undefined;
      if (answer) {
        batch.answer(answer);
        continue;
      }
      const path = ['instances', i];
      const faults = this.rows.faultsOf(model, row, path);
      batch.faults((faults.length > 0 ? faults : [unscorable(path)]).map(nativeFault));
      faultyRows += 1;
      if (faultyRows % FAULTY_ROWS_PER_TURN === 0) await nextTurn();
    }
    this.offerToShadows(model, rows);
    return batch.end();
  }

  private offerToShadows(model: ServedModel, rows: readonly unknown[]): void {
    if (!this.shadows.isActive || this.warmUp.isRunning) return;
    this.shadows.offer(model, {
      count: rows.length,
      read: (reader, index) => isRow(rows[index]) && reader.read(rows[index]),
    });
  }
}

/** The answer to the row that was read last; `undefined` where there is no finite one. */
function answerOf(model: ServedModel, withProbabilities: boolean): Answer | undefined {
  try {
    return model.answer(withProbabilities);
  } catch (error) {
    if (error instanceof UnscorableRowError) return undefined;
    throw error;
  }
}

function unscorable(path: InputFault['path']): InputFault {
  const message = 'The model has no finite answer for this row';
  return { in: 'body', path, message, type: 'unscorable_row' };
}

function checkProbabilities({ hasProbabilities }: ServedModel): void {
  if (hasProbabilities) return;
  throw ProblemException.invalid({
    in: 'query',
    path: ['include'],
    message: 'This model has no probabilities',
    type: 'unavailable',
  });
}

function isRow(row: unknown): row is Row {
  return typeof row === 'object' && row !== null && !Array.isArray(row);
}
