const integer = { type: 'integer' } as const;

/** The headers of the limit, as OpenAPI describes them. */
export const LIMIT_HEADERS = {
  'X-RateLimit-Limit': {
    description: 'Requests that one client may make in a window',
    schema: integer,
  },
  'X-RateLimit-Remaining': {
    description: 'Requests left in the current window',
    schema: integer,
  },
  'X-RateLimit-Reset': {
    description: 'Seconds until the oldest counted request leaves the window',
    schema: integer,
  },
} as const;

/** The header of a refusal, as OpenAPI describes it. */
export const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds after which the next request is accepted',
    schema: integer,
  },
} as const;
