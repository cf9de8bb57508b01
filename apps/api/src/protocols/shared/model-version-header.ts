/** Name of the header that says which version of the model gave an answer. */
export const MODEL_VERSION = 'X-Model-Version';

/** The header as OpenAPI describes it. */
export const MODEL_VERSION_HEADER = {
  [MODEL_VERSION]: {
    description: 'The version of the model that gave the answer',
    schema: { type: 'string' },
  },
} as const;
