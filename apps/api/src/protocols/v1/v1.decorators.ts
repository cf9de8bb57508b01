import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { LIMIT_HEADERS, RETRY_AFTER } from '../shared/limit-headers';

const text = { type: 'string' } as const;
const error = { type: 'object', required: ['error'], properties: { error: text } };
const json = (schema: object) => ({ 'application/json': { schema } });

const model = (name: string, description: string): MethodDecorator =>
  ApiParam({ name, description, schema: text });
const answer = (status: number, description: string, schema: object, headers?: object) =>
  ApiResponse({
    status,
    description,
    content: json(schema),
    ...(headers && { headers: headers as never }),
  });

/** `GET /v1/models` */
export const V1ModelsDocs = (): MethodDecorator =>
  applyDecorators(
    ApiTags('v1'),
    ApiOperation({ operationId: 'v1Models', summary: 'The models that are served' }),
    answer(200, 'Their names', {
      type: 'object',
      properties: { models: { type: 'array', items: text } },
    }),
  );

/** `GET /v1/models/{model}` */
export const V1ModelDocs = (): MethodDecorator =>
  applyDecorators(
    ApiTags('v1'),
    ApiOperation({ operationId: 'v1Model', summary: 'Model readiness' }),
    model('model', 'Name of the model'),
    answer(200, 'The model is ready', {
      type: 'object',
      properties: { name: text, ready: { type: 'boolean' } },
    }),
    answer(404, 'The model is not served', error),
    answer(503, 'The model is not ready', { type: 'object' }),
  );

/** `POST /v1/models/{model}:predict` */
export const V1PredictDocs = (operationId: string): MethodDecorator =>
  applyDecorators(
    ApiTags('v1'),
    ApiOperation({ operationId, summary: 'Predict instances' }),
    ...(/Version/.test(operationId)
      ? [model('model', 'Name of the model'), model('version', 'Version and ":predict"')]
      : [model('model', 'Name of the model and ":predict"')]),
    ApiBody({
      schema: {
        type: 'object',
        required: ['instances'],
        properties: {
          instances: {
            type: 'array',
            items: {},
            description: 'Rows: objects by column name, or lists in the order of the columns',
          },
        },
      },
    }),
    answer(
      200,
      'A class or a number for each row',
      { type: 'object', properties: { predictions: { type: 'array', items: {} } } },
      LIMIT_HEADERS,
    ),
    answer(400, 'The request is not valid', error, LIMIT_HEADERS),
    answer(404, 'The model or version is not served', error),
    answer(413, 'The body is larger than BATCH_BODY_LIMIT', error),
    answer(415, 'The body is of a type or encoding that is not supported', error),
    answer(429, 'The client is over the limit', error, { ...LIMIT_HEADERS, ...RETRY_AFTER }),
    answer(503, 'The server is overloaded or cannot count requests', error, RETRY_AFTER),
  );
