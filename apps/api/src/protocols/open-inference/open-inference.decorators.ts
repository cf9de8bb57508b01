import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  type ApiResponseOptions,
  ApiTags,
} from '@nestjs/swagger';
import { LIMIT_HEADERS, RETRY_AFTER } from '../shared/limit-headers';
import { OPEN_INFERENCE_SCHEMAS } from './open-inference.schemas';
import { JSON_LENGTH_HEADER } from './request/inference-body';

type SchemaName = keyof typeof OPEN_INFERENCE_SCHEMAS;
type Headers = NonNullable<ApiResponseOptions['headers']>;

/** `GET /v2` */
export const ServerDocs = (): MethodDecorator =>
  applyDecorators(operation('serverMetadata', 'Server metadata'), answer(200, 'server'));

/** `GET /v2/models` */
export const ModelsDocs = (): MethodDecorator =>
  applyDecorators(operation('modelList', 'The models that are served'), answer(200, 'models'));

/** `GET /v2/health/live` */
export const ServerLiveDocs = (): MethodDecorator =>
  applyDecorators(operation('serverLive', 'Server liveness'), answer(200, 'live'));

/** `GET /v2/health/ready` */
export const ServerReadyDocs = (): MethodDecorator =>
  applyDecorators(
    operation('serverReady', 'Server readiness'),
    answer(200, 'ready'),
    answer(503, 'ready', 'Not ready, and why'),
  );

/** `GET /v2/models/{model}[/versions/{version}]` */
export const ModelDocs = (operationId: string): MethodDecorator =>
  applyDecorators(
    operation(operationId, 'Model metadata'),
    ModelPath(operationId),
    answer(200, 'model'),
  );

/** `GET /v2/models/{model}[/versions/{version}]/ready` */
export const ModelReadyDocs = (operationId: string): MethodDecorator =>
  applyDecorators(
    operation(operationId, 'Model readiness'),
    ModelPath(operationId),
    answer(200, 'modelReady'),
    answer(503, 'modelReady', 'The model is not ready, and why'),
  );

/** `POST /v2/models/{model}[/versions/{version}]/infer` */
export const InferDocs = (operationId: string): MethodDecorator =>
  applyDecorators(
    operation(
      operationId,
      'Predict rows',
      'One tensor [rows, columns], or one tensor for each column by its name; as JSON, or as binary data ' +
        'behind the JSON. A body may be compressed with gzip or deflate. Malformed requests count towards the ' +
        'limit, rejected ones do not.',
    ),
    ModelPath(operationId),
    ApiHeader({
      name: JSON_LENGTH_HEADER,
      required: false,
      description: 'Bytes of the JSON part, where binary data follows it',
      schema: { type: 'integer' },
    }),
    ApiBody({ schema: OPEN_INFERENCE_SCHEMAS.request as never }),
    answer(200, 'response', 'The outputs for all rows', LIMIT_HEADERS),
    answer(400, 'error', 'The request is not valid', LIMIT_HEADERS),
    answer(413, 'error', 'The body is larger than BATCH_BODY_LIMIT, as sent or inflated'),
    answer(415, 'error', 'The body is of a type or encoding that is not supported'),
    answer(429, 'error', 'The client is over the limit', { ...LIMIT_HEADERS, ...RETRY_AFTER }),
    answer(503, 'error', 'The server is overloaded or cannot count requests', RETRY_AFTER),
  );

function ModelPath(operationId: string): MethodDecorator {
  const schema = { type: 'string' } as const;
  return applyDecorators(
    ApiParam({ name: 'model', description: 'Name of the model', schema }),
    ...(/Version/.test(operationId)
      ? [ApiParam({ name: 'version', description: 'Version of the model', schema })]
      : []),
    answer(404, 'error', 'The model or version is not served'),
  );
}

function operation(operationId: string, summary: string, description?: string): MethodDecorator {
  return applyDecorators(
    ApiTags('open-inference'),
    ApiOperation({ operationId, summary, ...(description !== undefined && { description }) }),
  );
}

function answer(
  status: number,
  schema: SchemaName,
  description = 'The answer',
  headers: Headers = {},
): MethodDecorator {
  const content = { 'application/json': { schema: OPEN_INFERENCE_SCHEMAS[schema] as never } };
  return ApiResponse({
    status,
    description,
    content,
    ...(Object.keys(headers).length > 0 && { headers }),
  });
}
