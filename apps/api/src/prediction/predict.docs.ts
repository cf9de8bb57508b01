import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  type ApiResponseOptions,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { ErrorResponse, ValidationErrorResponse } from '../http/error-responses.dto';
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

/** The OpenAPI description of `POST /predict`: every status with an example that the server really gives. */
export const PredictDocs = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiTags('prediction'),
    ApiOperation({
      operationId: 'predict',
      summary: 'Predict the class of one row',
      description:
        'Scores one row with the model that was verified at start. Malformed requests count towards the limit, refused ones do not.',
    }),
    ApiBody({ type: PredictRequest }),
    ApiOkResponse({
      description: 'The predicted class',
      type: PredictResponse,
      headers: LIMIT_HEADERS,
    }),
    ApiPayloadTooLargeResponse(
      error('The body is larger than BODY_LIMIT', {
        detail: 'The body is larger than 16384 bytes.',
      }),
    ),
    ApiUnsupportedMediaTypeResponse(
      error('The body is not sent as JSON', {
        detail: 'Send the body as UTF-8 JSON, with the header Content-Type: application/json.',
      }),
    ),
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
    ApiTooManyRequestsResponse({
      ...error('The client is over the limit', {
        detail: 'Rate limit exceeded. Please try again later. Limit is 10 requests per minute.',
      }),
      headers: { ...LIMIT_HEADERS, ...RETRY_AFTER },
    }),
    ApiServiceUnavailableResponse({
      ...error('Redis cannot decide and RATE_LIMIT_ON_REDIS_FAILURE is "closed"', {
        detail: 'The rate limiter is unavailable. Please try again shortly.',
      }),
      headers: RETRY_AFTER,
    }),
  );

function error(description: string, example: { detail: string }): ApiResponseOptions {
  return { description, type: ErrorResponse, example };
}
