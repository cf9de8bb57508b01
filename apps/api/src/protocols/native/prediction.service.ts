import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type Row, type ServedModel, ShadowScorer } from '@inferserve/inference';
import { type Answer, UnscorableRowError } from '@inferserve/model';
import { isObject } from '../../http/body/is-object';
import type { RowList } from '../../http/body/row-table';
import type { InputFault } from '../../http/errors/problem';
import { ProblemException } from '../../http/errors/problem.exception';
import { WarmUp } from '../../http/requests/warm-up';
import { Include } from './include/include';
import { nativeFault } from './native-errors';
import { ResponseWriter } from './response-writer';
import { RowReader } from './row-reader';

/** Rows with faults cost a hundred times what others cost; after so many, other requests get their turn. */
const FAULTY_ROWS_PER_TURN = 250;

/** More faults than these are not looked for: an empty row has one for each column, and a batch thousands of rows. */
const MAX_FAULTS_LISTED = 1000;

/** An explanation can cost a thousand times what its row costs; after so long, other requests get their turn. */
const MAX_TURN_MS = 20;

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
   * @throws ProblemException where the model has no finite answer, or nothing of what is to be included
   */
  predict(model: ServedModel, row: Row, include: Include): object {
    checkAvailable(model, include);
    // Other rows may have been read since this one was checked.
    model.read(row);
    const answer = answerOf(model, include);
    if (!answer) throw ProblemException.invalid(unscorable([]));
    const body = this.writer.row(model, answer, include.addedTo(model, answer));
    this.offerToShadows(model, [row]);
    return body;
  }

  /**
   * The response to rows in their order; a faulty row has its faults in its place.
   * @throws ProblemException where the model has nothing of what is to be included, or not for so many rows
   */
  async predictBatch(model: ServedModel, rows: RowList, include: Include): Promise<object> {
    checkAvailable(model, include);
    checkRowCount(model, include, rows.length);
    const batch = this.writer.batch(model);
    let faultyRows = 0;
    let faultsListed = 0;
    let turnStarted = performance.now();
    for (let i = 0; i < rows.length; i++) {
      const isValid = this.rows.readFrom(model, rows, i);
      const answer = isValid ? answerOf(model, include) : undefined;
      if (answer) {
        batch.answer(answer, include.addedTo(model, answer));
        if (include !== Include.NOTHING && performance.now() - turnStarted > MAX_TURN_MS) {
          await nextTurn();
          turnStarted = performance.now();
        }
        continue;
      }
      const path = ['instances', i];
      if (isValid) {
        batch.faults([nativeFault(unscorable(path))]);
      } else if (faultsListed < MAX_FAULTS_LISTED) {
        const faults = this.rows.faultsOf(model, rows.at(i), path).map(nativeFault);
        batch.faults(faults);
        faultsListed += faults.length;
      } else {
        batch.faults([nativeFault(notListed(path))]);
      }
      faultyRows += 1;
      if (faultyRows % FAULTY_ROWS_PER_TURN === 0) await nextTurn();
    }
    this.offerToShadows(model, rows);
    return batch.end();
  }

  private offerToShadows(model: ServedModel, rows: RowList): void {
    if (!this.shadows.isActive || this.warmUp.isRunning) return;
    this.shadows.offer(model, {
      count: rows.length,
      read: (reader, index) => {
        const row = rows.at(index);
        return isObject(row) && reader.read(row);
      },
    });
  }
}

/** The answer to the row that was read last; `undefined` where there is no finite one. */
function answerOf(model: ServedModel, include: Include): Answer | undefined {
  try {
    return model.answer(include.probabilities);
  } catch (error) {
    if (error instanceof UnscorableRowError) return undefined;
    throw error;
  }
}

function unscorable(path: InputFault['path']): InputFault {
  const message = 'The model has no finite answer for this row';
  return { in: 'body', path, message, type: 'unscorable_row' };
}

function notListed(path: InputFault['path']): InputFault {
  const message = 'The row has faults, which are not listed: other rows have too many already';
  return { in: 'body', path, message, type: 'too_many_faults' };
}

function checkRowCount(model: ServedModel, { fields }: Include, count: number): void {
  for (const { name, maxRows } of fields) {
    const most = maxRows?.(model) ?? count;
    if (count <= most) continue;
    const message = `This model has "${name}" for at most ${most} rows of one request`;
    throw ProblemException.invalid({ in: 'query', path: ['include'], message, type: 'too_long' });
  }
}

function checkAvailable(model: ServedModel, { fields }: Include): void {
  if (fields.length === 0) return;
  const faults = fields.flatMap((field): InputFault[] => {
    const message = field.unavailable(model);
    if (message === undefined) return [];
    return [{ in: 'query', path: ['include'], message, type: 'unavailable' }];
  });
  if (faults.length > 0) throw ProblemException.invalid(...faults);
}
