import { Injectable } from '@nestjs/common';
import {
  FaultyRowsError,
  type Predictions,
  type RowSource,
  scoreRows,
  type ServedModel,
  ShadowScorer,
} from '@inferserve/inference';
import type { InputFault } from '../../http/errors/problem';
import { ProblemException } from '../../http/errors/problem.exception';

/** Faulty rows beyond these are not looked into. */
const MAX_FAULTY_ROWS = 5;
const UNSCORABLE = {
  message: 'The model has no finite answer for this row',
  type: 'unscorable_row',
};

/** Rows of a request that can say what is wrong with them. */
export interface RequestRows extends RowSource {
  /** Every fault of one row. */
  faultsOf(model: ServedModel, row: number): readonly InputFault[];
  /** A fault of the row as a whole. */
  faultAt(row: number, fault: Pick<InputFault, 'message' | 'type'>): InputFault;
}

/** Scores requests that succeed for all their rows or for none, and has shadow versions score the same rows. */
@Injectable()
export class RowScorer {
  constructor(private readonly shadows: ShadowScorer) {}

  /** @throws ProblemException with the faults of the first rows that are not valid or have no finite answer */
  async score(
    model: ServedModel,
    rows: RequestRows,
    withProbabilities: boolean,
  ): Promise<Predictions> {
    try {
      const predictions = await scoreRows(model, rows, withProbabilities);
      this.shadows.offer(model, rows);
      return predictions;
    } catch (error) {
      if (!(error instanceof FaultyRowsError)) throw error;
      const { invalid, unscorable } = error;
      throw ProblemException.invalid(
        ...invalid.slice(0, MAX_FAULTY_ROWS).flatMap((row) => rows.faultsOf(model, row)),
        ...unscorable.slice(0, MAX_FAULTY_ROWS).map((row) => rows.faultAt(row, UNSCORABLE)),
      );
    }
  }
}
