const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const shape = { type: 'array', items: { type: 'integer' } } as const;

const parameters = {
  type: 'object',
  additionalProperties: { oneOf: [text, { type: 'number' }, flag] },
} as const;

const datatype = {
  type: 'string',
  enum: [
    'BOOL',
    'UINT8',
    'UINT16',
    'UINT32',
    'UINT64',
    'INT8',
    'INT16',
    'INT32',
    'INT64',
    'FP16',
    'BF16',
    'FP32',
    'FP64',
    'BYTES',
  ],
} as const;

const tensorMetadata = {
  type: 'object',
  required: ['name', 'datatype', 'shape'],
  properties: {
    name: text,
    datatype,
    shape: { ...shape, description: '-1 stands for the number of rows' },
  },
} as const;

const data = {
  type: 'array',
  items: {},
  description: 'Row by row; nested as the shape is, or flat. null is a missing value',
} as const;

const tensor = {
  type: 'object',
  required: ['name', 'shape', 'datatype'],
  properties: { name: text, shape, datatype, parameters, data },
} as const;

/** The bodies of the Open Inference Protocol as JSON Schema. */
export const OPEN_INFERENCE_SCHEMAS = {
  error: { type: 'object', required: ['error'], properties: { error: text } },
  live: { type: 'object', required: ['live'], properties: { live: flag } },
  ready: { type: 'object', required: ['ready'], properties: { ready: flag, error: text } },
  modelReady: {
    type: 'object',
    required: ['name', 'ready'],
    properties: { name: text, ready: flag, error: text },
  },
  server: {
    type: 'object',
    required: ['name', 'version', 'extensions'],
    properties: { name: text, version: text, extensions: { type: 'array', items: text } },
  },
  models: {
    type: 'object',
    required: ['models'],
    properties: { models: { type: 'array', items: text } },
  },
  model: {
    type: 'object',
    required: ['name', 'platform', 'inputs', 'outputs'],
    properties: {
      name: text,
      versions: { type: 'array', items: text },
      platform: text,
      inputs: { type: 'array', items: tensorMetadata },
      outputs: { type: 'array', items: tensorMetadata },
      properties: {
        type: 'object',
        additionalProperties: text,
        description:
          'task, content_hash, and as JSON: the classes and the columns with their ranges or values',
      },
    },
  },
  request: {
    type: 'object',
    required: ['inputs'],
    properties: {
      id: text,
      parameters,
      inputs: { type: 'array', items: tensor, minItems: 1 },
      outputs: {
        type: 'array',
        items: { type: 'object', required: ['name'], properties: { name: text, parameters } },
      },
    },
  },
  response: {
    type: 'object',
    required: ['model_name', 'outputs'],
    properties: {
      model_name: text,
      model_version: text,
      id: text,
      outputs: { type: 'array', items: tensor },
    },
  },
} as const;
