import type { AnswerField } from './answer-field';

const number = { type: 'number' };

/** `explanation`: what each column of the row added to the score. */
export const explanationField: AnswerField = {
  name: 'explanation',
  description: 'what each column added to the score, for linear models and sums of trees',
  schema: {
    description:
      'With include=explanation: the base, which is the score of an average row, and all contributions add up to the score of the predicted class or value; null for values so large that scores overflow',
    type: ['object', 'null'],
    properties: {
      score: number,
      base: number,
      unit: { type: 'string' },
      contributions: { type: 'object', additionalProperties: number },
    },
    required: ['score', 'base', 'unit', 'contributions'],
  },
  unavailable: ({ explanations }) => explanations.unavailable,
  maxRows: ({ explanations }) => explanations.maxRows,
  read(model, answer) {
    const classIndex = answer.task === 'classification' ? answer.classIndex : 0;
    const explained = model.explanations.explain(classIndex);
    if (!explained) return null;
    const { contributions, ...explanation } = explained;
    const named = model.columnNames.map((name, j) => [name, contributions[j]] as const);
    return { ...explanation, contributions: Object.fromEntries(named) };
  },
};
