import { Injectable } from '@nestjs/common';
import { explainRows } from '@inferserve/inference';
import { RowScorer } from '../shared/row-scorer';
import type { InferCall } from './request/infer-request.pipe';
import { outputTensor } from './response/choose-outputs';
import type { InferenceAnswer } from './response/send-inference';

/** Answers checked requests. */
@Injectable()
export class InferenceService {
  constructor(private readonly scorer: RowScorer) {}

  /** @throws ProblemException with the faults of rows that are not valid or have no finite answer */
  async infer({ model, id, rows, outputs }: InferCall): Promise<InferenceAnswer> {
    const needs = new Set(outputs.map(({ kind }) => kind.needs));
    const scored = await this.scorer.score(model, rows, needs.has('probabilities'));
    const predictions = needs.has('explanations')
      ? { ...scored, explanations: await explainRows(model, rows, scored) }
      : scored;
    return {
      model,
      ...(id !== undefined && { id }),
      outputs: outputs.map((output) => ({
        tensor: outputTensor(output, model, predictions),
        isBinary: output.isBinary,
      })),
    };
  }
}
