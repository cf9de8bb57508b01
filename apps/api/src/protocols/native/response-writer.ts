import { Injectable } from '@nestjs/common';
import type { ServedModel } from '@inferserve/inference';
import type { Answer } from '@inferserve/model';
import type { Fault } from './error-responses.dto';
import type { AddedFields } from './include/include';

/** Collects the answers to the rows of a batch, in order. */
export interface BatchWriter {
  answer(answer: Answer, added?: AddedFields): void;
  /** What stands in the place of a faulty row. */
  faults(faults: readonly Fault[]): void;
  /** The response body. */
  end(): object;
}

/** Writes answers in the form of the native protocol. */
@Injectable()
export class ResponseWriter {
  /** The response body of one row. */
  row(model: ServedModel, answer: Answer, added?: AddedFields): object {
    return { ...rowOf(model, answer), ...added };
  }

  batch(model: ServedModel): BatchWriter {
    const predictions: object[] = [];
    return {
      answer: (answer, added) => void predictions.push({ ...rowOf(model, answer), ...added }),
      faults: (error) => void predictions.push({ error }),
      end: () => ({ predictions }),
    };
  }
}

function rowOf({ classes }: ServedModel, answer: Answer): object {
  if (answer.task === 'regression') return { predicted_value: answer.value };
  const { label, probabilities } = answer;
  if (!probabilities) return { predicted_class: label };
  const named = Object.fromEntries(classes.map((name, k) => [String(name), probabilities[k]]));
  return { predicted_class: label, probabilities: named };
}
