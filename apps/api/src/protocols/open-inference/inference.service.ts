import { Injectable } from '@nestjs/common';
import { FaultyRowsError, type Predictions, scoreRows, ShadowScorer } from '@inferserve/inference';
import { ProblemException } from '../../http/errors/problem.exception';
import type { InferCall } from './request/infer-request.pipe';
import { outputTensor } from './response/choose-outputs';
import type { InferenceAnswer } from './response/send-inference';

/** Faulty rows beyond these are not looked into. */
const MAX_FAULTY_ROWS = 5;

/** Answers checked requests. */
@Injectable()
export class InferenceService {
  constructor(private readonly shadows: ShadowScorer) {}

  /** @throws ProblemException with the faults of rows that are not valid or have no finite answer */
  async infer(call: InferCall): Promise<InferenceAnswer> {
    const { model, id, outputs } = call;
    const predictions = await this.score(call);
    return {
      model,
      ...(id !== undefined && { id }),
      outputs: outputs.map((output) => ({
        tensor: outputTensor(output, model, predictions),
        isBinary: output.isBinary,
      })),
    };
  }

  private async score({ model, rows, outputs }: InferCall): Promise<Predictions> {
    try {
      const withProbabilities = outputs.some(({ kind }) => kind.needsProbabilities);
      const predictions = await scoreRows(model, rows, withProbabilities);
      if (this.shadows.isActive) this.shadows.offer(model, rows);
      return predictions;
    } catch (error) {
      if (!(error instanceof FaultyRowsError)) throw error;
      const { invalid, unscorable } = error;
      throw ProblemException.invalid(
        ...invalid.slice(0, MAX_FAULTY_ROWS).flatMap((row) => rows.faultsOf(model, row)),
        ...unscorable.slice(0, MAX_FAULTY_ROWS).map((row) => ({
          in: 'body' as const,
          path: ['inputs'],
          message: `row ${row}: The model has no finite answer for this row`,
          type: 'unscorable_row',
        })),
      );
    }
  }
}
