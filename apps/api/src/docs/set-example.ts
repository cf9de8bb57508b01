import type { OpenAPIObject } from '@nestjs/swagger';

interface Response {
  readonly content?: Record<string, { example?: unknown }>;
  headers?: Record<string, { schema?: object }>;
}

/** The example of a JSON response, and of headers that the response declares. */
export function setExample(
  document: OpenAPIObject,
  [method, path, status]: readonly ['get' | 'post', string, number],
  body: unknown,
  headers: Readonly<Record<string, number | string>> = {},
): void {
  const responses = document.paths[path]?.[method]?.responses as
    Record<string, Response> | undefined;
  const response = responses?.[status];
  const content = response?.content?.['application/json'];
  if (content) content.example = body;
  if (!response?.headers) return;
  // Copies: the decorators share these objects between responses.
  response.headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, header]) => {
      const example = headers[name];
      return [
        name,
        { ...header, schema: { ...header.schema, ...(example !== undefined && { example }) } },
      ];
    }),
  );
}
