import type { OpenAPIObject } from '@nestjs/swagger';

/** Gives the JSON body of a POST its example. */
export function setRequestExample(document: OpenAPIObject, path: string, example: object): void {
  const body = document.paths[path]?.post?.requestBody as
    { content?: Record<string, { example?: unknown }> } | undefined;
  const content = body?.content?.['application/json'];
  if (content) content.example = example;
}

/** Gives the parameters of a route examples by their names. */
export function setParameterExamples(
  document: OpenAPIObject,
  [method, path]: readonly ['get' | 'post', string],
  examples: Readonly<Record<string, string>>,
): void {
  for (const parameter of document.paths[path]?.[method]?.parameters ?? []) {
    if ('name' in parameter && Object.hasOwn(examples, parameter.name)) {
      Object.assign(parameter, { example: examples[parameter.name] });
    }
  }
}
