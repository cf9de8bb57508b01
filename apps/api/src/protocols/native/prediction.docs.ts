import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiQuery,
  type ApiResponseOptions,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { ErrorResponse, ValidationErrorResponse } from '../http/error-responses.dto';
import { BatchRequest, BatchResponse, RowError } from './batch.dto';
import { PredictRequest } from './predict-request.dto';
import { PredictResponse } from './predict-response.dto';

const LIMIT_HEADERS = {
  'X-RateLimit-Limit': {
    description: 'Requests that one client may make in a window',
    schema: { type: 'integer', example: 10 },
  },
  'X-RateLimit-Remaining': {
    description: 'Requests left in the window that ends now',
    schema: { type: 'integer', example: 9 },
  },
  'X-RateLimit-Reset': {
    description: 'Seconds until the oldest counted request leaves the window',
    schema: { type: 'integer', example: 60 },
  },
} as const;

const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds after which the next request is accepted',
    schema: { type: 'integer', example: 42 },
  },
} as const;

const INCLUDE = {
  name: 'include',
  required: false,
  description: 'Adds the probability of each class',
  schema: { type: 'string', enum: ['probabilities'] },
} as const;

const MALFORMED = 'Malformed requests count towards the limit, refused ones do not.';

/** The OpenAPI description of `POST /predict`: every status with an example that the server really gives. */
export const PredictDocs = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'predict',
      summary: 'Predict the class of one row',
      description: `Scores one row with the model that was verified at start. ${MALFORMED}`,
    }),
    ApiBody({ type: PredictRequest }),
    ApiOkResponse({
      description: 'The predicted class',
      type: PredictResponse,
      headers: LIMIT_HEADERS,
      example: { predicted_class: 'setosa' },
    }),
    ApiUnprocessableEntityResponse({
      description: 'The body is not valid; every fault is listed',
      type: ValidationErrorResponse,
      headers: LIMIT_HEADERS,
      example: {
        detail: [
          { loc: ['body', 'petal_width'], msg: 'Field required', type: 'missing' },
          {
            loc: ['body', 'petal_widht'],
            msg: 'Unknown field. Did you mean "petal_width"?',
            type: 'extra_forbidden',
          },
        ],
      },
    }),
    CommonDocs('BODY_LIMIT', 16_384),
  );

/** The OpenAPI description of `POST /predict/batch`. */
export const BatchDocs = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'predictBatch',
      summary: 'Predict the classes of many rows',
      description: `One request for the limit, however many rows it has. ${MALFORMED}`,
    }),
    ApiBody({ type: BatchRequest }),
    ApiExtraModels(PredictRequest, PredictResponse, RowError),
    ApiOkResponse({
      description: 'A prediction for each row, in order; the faults of a row in its place',
      type: BatchResponse,
      headers: LIMIT_HEADERS,
      example: { predictions: [{ predicted_class: 'setosa' }] },
    }),
    ApiUnprocessableEntityResponse({
      description: 'The body is not a batch',
      type: ValidationErrorResponse,
      headers: LIMIT_HEADERS,
      example: {
        detail: [{ loc: ['body', 'instances'], msg: 'Field required', type: 'missing' }],
      },
    }),
    CommonDocs('BATCH_BODY_LIMIT', 2_097_152),
  );

function CommonDocs(limitName: string, limitBytes: number): MethodDecorator {
  return applyDecorators(
    ApiTags('prediction'),
    ApiQuery(INCLUDE),
    ApiPayloadTooLargeResponse(
      error(`The body is larger than ${limitName}`, {
        detail: `The body is larger than ${limitBytes} bytes.`,
      }),
    ),
    ApiUnsupportedMediaTypeResponse(
      error('The body is not sent as JSON', {
        detail: 'Send the body as UTF-8 JSON, with the header Content-Type: application/json.',
      }),
    ),
    ApiTooManyRequestsResponse({
      ...error('The client is over the limit', {
        detail: 'Rate limit exceeded. Please try again later. Limit is 10 requests per minute.',
      }),
      headers: { ...LIMIT_HEADERS, ...RETRY_AFTER },
    }),
    ApiServiceUnavailableResponse({
      ...error('Overloaded, or Redis cannot decide and RATE_LIMIT_ON_REDIS_FAILURE is "closed"', {
        detail: 'The rate limiter is unavailable. Please try again shortly.',
      }),
      headers: RETRY_AFTER,
    }),
  );
}

function error(description: string, example: { detail: string }): ApiResponseOptions {
  return { description, type: ErrorResponse, example };
}
