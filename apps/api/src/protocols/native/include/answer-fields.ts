import type { AnswerField } from './answer-field';
import { explanationField } from './explanation-field';
import { probabilitiesField } from './probabilities-field';
import { warningsField } from './warnings-field';

/** What `?include=` can ask for, in the order in which an answer has it. */
export const ANSWER_FIELDS: readonly AnswerField[] = [
  probabilitiesField,
  explanationField,
  warningsField,
];
