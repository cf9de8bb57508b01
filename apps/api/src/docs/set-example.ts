import type { OpenAPIObject } from '@nestjs/swagger';

interface Response {
  readonly content?: Record<string, { example?: unknown }>;
  readonly headers?: Record<string, { schema?: { example?: unknown } }>;
}

/** The example of a JSON response, and of headers that the response declares. */
export function setExample(
  document: OpenAPIObject,
  [method, path, status]: readonly ['get' | 'post', string, number],
  body: unknown,
  headers: Readonly<Record<string, number>> = {},
): void {
  const responses = document.paths[path]?.[method]?.responses as
    Record<string, Response> | undefined;
  const response = responses?.[status];
  const content = response?.content?.['application/json'];
  if (content) content.example = body;
  for (const [name, header] of Object.entries(response?.headers ?? {})) {
    // The decorators share these objects between routes.
    if (name in headers) header.schema = { ...header.schema, example: headers[name] };
  }
}
