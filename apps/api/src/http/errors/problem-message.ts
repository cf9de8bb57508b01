import { STATUS_CODES } from 'node:http';
import { type Problem, statusOf } from './problem';

const WINDOW_UNITS = new Map([
  [1_000, 'second'],
  [60_000, 'minute'],
  [3_600_000, 'hour'],
  [86_400_000, 'day'],
]);

const SEND_JSON = 'Send the body as UTF-8 JSON, with the header Content-Type: application/json.';

const UNSUPPORTED = {
  media_type: SEND_JSON,
  charset: SEND_JSON,
  content_encoding: 'Send the body without a Content-Encoding.',
} as const;

const UNAUTHORIZED = {
  absent: 'An API key is required. Send it as Authorization: Bearer <key>, or as X-API-Key: <key>.',
  unknown: 'The API key is not valid.',
} as const;

/** What went wrong in one sentence, for people; the same in every protocol. */
export function problemMessage(problem: Problem): string {
  switch (problem.kind) {
    case 'invalid_input':
      return 'The input is not valid.';
    case 'body_too_large':
      return `The body is larger than ${problem.limitBytes} bytes.`;
    case 'unsupported_body':
      return problem.remedy ?? UNSUPPORTED[problem.reason];
    case 'unknown_model':
      return unknownModelMessage(problem);
    case 'rate_limited': {
      const { limit, windowMs } = problem;
      const requests = limit === 1 ? 'request' : 'requests';
      const unit = WINDOW_UNITS.get(windowMs) ?? `${windowMs / 1000} seconds`;
      return `Rate limit exceeded. Please try again later. Limit is ${limit} ${requests} per ${unit}.`;
    }
    case 'unauthorized':
      return UNAUTHORIZED[problem.reason];
    case 'limiter_unavailable':
      return 'The rate limiter is unavailable. Please try again shortly.';
    case 'model_unavailable':
      return 'The model is not loaded. Please try again later.';
    case 'overloaded':
      return 'The server is overloaded. Please try again shortly.';
    case 'not_ready':
      return `Not ready: ${problem.failing.join(', ')}`;
    case 'method_not_allowed':
      return `Method not allowed; use ${problem.allowed}.`;
    case 'malformed_request':
      return 'The request is malformed.';
    case 'aborted':
      return 'The request ended early.';
    case 'request_timeout':
      return 'The request took too long to arrive.';
    case 'header_too_large':
      return 'The request header is too large.';
    case 'expectation_failed':
      return 'The expectation of the Expect header cannot be met; only 100-continue is supported.';
    case 'internal':
      return 'Internal server error';
    case 'http':
      return STATUS_CODES[statusOf(problem)] ?? 'Error';
  }
}

function unknownModelMessage({
  model,
  nearest,
}: Extract<Problem, { kind: 'unknown_model' }>): string {
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return model === undefined
    ? `No model of this name is served.${hint}`
    : `Model "${model}" is not served in this version.${hint}`;
}
