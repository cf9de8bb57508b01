import type { ServedModel } from '@inferserve/inference';
import type { Answer } from '@inferserve/model';
import type { AnswerField } from './answer-field';

/** The fields that a request asks for, beside the prediction itself. */
export class Include {
  static readonly NOTHING = new Include([]);

  readonly probabilities: boolean;
  private readonly added: readonly AnswerField[];

  constructor(readonly fields: readonly AnswerField[]) {
    this.probabilities = fields.some(({ name }) => name === 'probabilities');
    this.added = fields.filter(({ read }) => read);
  }

  /** What is added to the answer to the row that `model` answered last; `undefined` for nothing. */
  addedTo(model: ServedModel, answer: Answer): AddedFields | undefined {
    if (this.added.length === 0) return undefined;
    return Object.fromEntries(this.added.map(({ name, read }) => [name, read!(model, answer)]));
  }
}

/** JSON values by the name of their field. */
export type AddedFields = Readonly<Record<string, unknown>>;
