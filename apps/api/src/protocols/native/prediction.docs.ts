import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiQuery,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { LIMIT_HEADERS, RETRY_AFTER } from '../shared/limit-headers';
import { MODEL_VERSION_HEADER } from '../shared/model-version-header';
import { BatchRequest, BatchResponse, RowError } from './batch.dto';
import { ErrorResponse, ValidationErrorResponse } from './error-responses.dto';
import { ANSWER_FIELDS } from './include/answer-fields';
import { PredictRequest } from './predict-request.dto';
import { PredictResponse, PredictValueResponse } from './predict-response.dto';

const ANSWER_HEADERS = { ...LIMIT_HEADERS, ...MODEL_VERSION_HEADER };

const INCLUDE = {
  name: 'include',
  required: false,
  description: ANSWER_FIELDS.map(
    ({ name, description }) => `\`${name}\` adds ${description}.`,
  ).join(' '),
  explode: false,
  schema: { type: 'array', items: { type: 'string', enum: ANSWER_FIELDS.map(({ name }) => name) } },
} as const;

const MALFORMED = 'Malformed requests count towards the limit, rejected ones do not.';

/** The OpenAPI description of `POST /predict`; `NativeDocs` adds the examples of the served model. */
export const PredictDocs = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'predict',
      summary: 'Predict one row',
      description: `Scores one row with the default model. ${MALFORMED}`,
    }),
    ApiBody({ type: PredictRequest }),
    ApiExtraModels(PredictValueResponse),
    ApiOkResponse({
      description: 'The prediction',
      type: PredictResponse,
      headers: ANSWER_HEADERS,
    }),
    ApiUnprocessableEntityResponse({
      description: 'The body is not valid; every fault is listed',
      type: ValidationErrorResponse,
      headers: LIMIT_HEADERS,
    }),
    CommonDocs('BODY_LIMIT'),
  );

/** The OpenAPI description of `POST /predict/batch`. */
export const BatchDocs = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'predictBatch',
      summary: 'Predict many rows',
      description: `Scores rows with the default model. Counts as one request, however many rows it has. ${MALFORMED}`,
    }),
    ApiBody({ type: BatchRequest }),
    ApiExtraModels(PredictRequest, PredictResponse, RowError),
    ApiOkResponse({
      description: 'One entry per row, in order: its prediction or its faults',
      type: BatchResponse,
      headers: ANSWER_HEADERS,
    }),
    ApiUnprocessableEntityResponse({
      description: 'The body is not a batch',
      type: ValidationErrorResponse,
      headers: LIMIT_HEADERS,
    }),
    CommonDocs('BATCH_BODY_LIMIT'),
  );

function CommonDocs(limitName: string): MethodDecorator {
  return applyDecorators(
    ApiTags('prediction'),
    ApiQuery(INCLUDE),
    ApiPayloadTooLargeResponse({
      description: `The body is larger than ${limitName}`,
      type: ErrorResponse,
    }),
    ApiUnsupportedMediaTypeResponse({
      description: 'The body is not sent as UTF-8 JSON',
      type: ErrorResponse,
    }),
    ApiTooManyRequestsResponse({
      description: 'The client is over the limit',
      type: ErrorResponse,
      headers: { ...LIMIT_HEADERS, ...RETRY_AFTER },
    }),
    ApiServiceUnavailableResponse({
      description:
        'The server is overloaded, or Redis is unavailable and RATE_LIMIT_ON_REDIS_FAILURE is "closed"',
      type: ErrorResponse,
      headers: RETRY_AFTER,
    }),
  );
}
