import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { artifactSchema, schemaDefinitions } from '@inferserve/model';

/** The JSON Schema (2020-12) of model artifacts as text, from the schemas that the server checks them by. */
export function artifactJsonSchema(): string {
  const definitions = schemaDefinitions as Readonly<Record<string, v.GenericSchema>>;
  const schema = toJsonSchema(artifactSchema, {
    target: 'draft-2020-12',
    definitions: { ...definitions },
    ignoreActions: ['readonly', 'finite', 'check', 'not_value'],
  });
  const head = {
    $schema: schema.$schema,
    title: 'InferServe model artifact, version 2',
    description: 'docs/artifact-format.md explains it. Generated; do not edit.',
  };
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`;
}
