import type { ServedModel } from '@inferserve/inference';
import type { Answer } from '@inferserve/model';
import type { Schema } from '../../../docs/schema';

/** A field of the answer to a row that is only there where the request asks for it. */
export interface AnswerField {
  readonly name: string;
  /** What it holds, as the rest of a sentence: "`name` adds …". */
  readonly description: string;
  readonly schema: Schema;
  /** Why a model cannot give it; `undefined` where it can. */
  unavailable(model: ServedModel): string | undefined;
  /** Most rows of one request that it is given for; any number where this is absent. */
  readonly maxRows?: (model: ServedModel) => number;
  /** Its JSON value for the row that `model` answered last; absent where the answer itself holds it. */
  readonly read?: (model: ServedModel, answer: Answer) => unknown;
}
