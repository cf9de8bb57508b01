import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { LIMIT_HEADERS, RETRY_AFTER } from '../shared/limit-headers';

const text = { type: 'string' } as const;
const list = { type: 'array', items: {} } as const;
const error = {
  type: 'object',
  required: ['error_code', 'message'],
  properties: { error_code: text, message: text },
};

const answer = (status: number, description: string, schema: object, headers?: object) =>
  ApiResponse({
    status,
    description,
    content: { 'application/json': { schema } },
    ...(headers && { headers: headers as never }),
  });

/** `POST /invocations` */
export const InvocationsDocs = (): MethodDecorator =>
  applyDecorators(
    ApiTags('mlflow'),
    ApiOperation({
      operationId: 'invocations',
      summary: 'Predict rows',
      description: 'One of the members, or text/csv whose first line names the columns.',
    }),
    ApiBody({
      schema: {
        type: 'object',
        properties: {
          dataframe_split: {
            type: 'object',
            properties: { columns: { type: 'array', items: text }, data: list },
          },
          dataframe_records: { type: 'array', items: { type: 'object' } },
          instances: { description: 'Rows, or an object with one list for each column' },
          inputs: { description: 'Rows, or an object with one list for each column' },
        },
      },
    }),
    answer(
      200,
      'A class or a number for each row',
      { type: 'object', properties: { predictions: list } },
      LIMIT_HEADERS,
    ),
    answer(400, 'The request is not valid', error, LIMIT_HEADERS),
    answer(413, 'The body is larger than BATCH_BODY_LIMIT', error),
    answer(415, 'The body is of a type or encoding that is not supported', error),
    answer(429, 'The client is over the limit', error, { ...LIMIT_HEADERS, ...RETRY_AFTER }),
    answer(503, 'The server is overloaded or cannot count requests', error, RETRY_AFTER),
  );

/** `GET /ping` */
export const PingDocs = (): MethodDecorator =>
  applyDecorators(
    ApiTags('mlflow'),
    ApiOperation({ operationId: 'ping', summary: 'Readiness' }),
    ApiResponse({ status: 200, description: 'The server is ready' }),
    answer(503, 'The server is not ready', error),
  );

/** `GET /version` */
export const VersionDocs = (): MethodDecorator =>
  applyDecorators(
    ApiTags('mlflow'),
    ApiOperation({ operationId: 'version', summary: 'Version of the server' }),
    ApiResponse({
      status: 200,
      description: 'The version',
      content: { 'text/plain': { schema: text } },
    }),
  );
