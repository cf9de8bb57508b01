/** One fault of a request. Holds names and positions of what was sent, never a value. */
export interface InputFault {
  readonly in: 'body' | 'query';
  /** Field names and positions that lead to the fault; empty for the whole of it. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** What is wrong, for programs; docs/http-api.md lists the values. */
  readonly type: string;
}

/** Why a request is not answered as asked: data only, which each protocol renders in its own form. */
export type Problem =
  | { readonly kind: 'invalid_input'; readonly faults: readonly InputFault[] }
  | { readonly kind: 'body_too_large'; readonly limitBytes: number }
  | {
      readonly kind: 'unsupported_body';
      readonly reason: 'media_type' | 'charset' | 'content_encoding';
      /** What to send instead, where that is not plain JSON. */
      readonly remedy?: string;
    }
  | {
      readonly kind: 'unknown_model';
      /** The name that was asked for, if it is served, in another version. */
      readonly model?: string;
      /** What is served with a name like the one asked for. */
      readonly nearest?: string;
    }
  | { readonly kind: 'rate_limited'; readonly limit: number; readonly windowMs: number }
  /** No API key where one is required, or a key that nobody has. */
  | { readonly kind: 'unauthorized'; readonly reason: 'absent' | 'unknown' }
  | { readonly kind: 'limiter_unavailable' | 'model_unavailable' }
  | { readonly kind: 'overloaded'; readonly retryAfterSeconds: number }
  | {
      readonly kind: 'not_ready';
      readonly failing: readonly string[];
      readonly details: object;
    }
  | { readonly kind: 'method_not_allowed'; readonly allowed: string }
  | { readonly kind: 'malformed_request' | 'aborted' | 'request_timeout' | 'header_too_large' }
  | { readonly kind: 'expectation_failed' | 'internal' }
  /** Anything else with a status of its own, such as a route that does not exist. */
  | { readonly kind: 'http'; readonly status: number };

const STATUSES: Readonly<Record<Exclude<Problem['kind'], 'http'>, number>> = {
  invalid_input: 422,
  body_too_large: 413,
  unsupported_body: 415,
  unknown_model: 404,
  unauthorized: 401,
  rate_limited: 429,
  limiter_unavailable: 503,
  model_unavailable: 503,
  overloaded: 503,
  not_ready: 503,
  method_not_allowed: 405,
  malformed_request: 400,
  aborted: 400,
  request_timeout: 408,
  header_too_large: 431,
  expectation_failed: 417,
  internal: 500,
};

/** The HTTP status of a problem, where a protocol does not say otherwise. */
export function statusOf(problem: Problem): number {
  return problem.kind === 'http' ? problem.status : STATUSES[problem.kind];
}
