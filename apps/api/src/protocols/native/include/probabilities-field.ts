import type { AnswerField } from './answer-field';

/** `probabilities`, which an answer of a classifier holds already. */
export const probabilitiesField: AnswerField = {
  name: 'probabilities',
  description: 'the probability of each class, for classifiers that have probabilities',
  schema: {
    description: 'Probability by class, with include=probabilities',
    type: 'object',
    additionalProperties: { type: 'number' },
  },
  unavailable: ({ hasProbabilities }) =>
    hasProbabilities ? undefined : 'This model has no probabilities',
};
