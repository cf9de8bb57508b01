import type { AnswerField } from './answer-field';

/** `warnings`: the columns of the row whose values lie outside of the training rows. */
export const warningsField: AnswerField = {
  name: 'warnings',
  description:
    'the columns whose values lie outside of the training rows, for models with a baseline or with ranges',
  schema: {
    description: 'Columns outside of the training rows, with include=warnings',
    type: 'array',
    items: {
      type: 'object',
      properties: {
        column: { type: 'string' },
        type: { type: 'string', enum: ['missing', 'unseen', 'below_range', 'above_range'] },
        message: { type: 'string' },
      },
      required: ['column', 'type', 'message'],
    },
  },
  unavailable: ({ hasWarnings }) =>
    hasWarnings
      ? undefined
      : 'This model knows nothing of its training rows: no baseline, no ranges',
  read: (model) => model.warnings(),
};
