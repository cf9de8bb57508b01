import type { OpenAPIObject } from '@nestjs/swagger';
import type { ServedModel } from '@inferserve/inference';
import type { Schema } from '../../docs/schema';
import { ANSWER_FIELDS } from './include/answer-fields';
import { PredictRequest } from './predict-request.dto';
import { PredictResponse, PredictValueResponse } from './predict-response.dto';

/** More classes than this are not listed. */
const MAX_CLASSES_LISTED = 100;

/** Of a field that a row may have, whatever it holds. */
const UNUSED: Schema = { description: 'Not used by the model; it may be left out' };

type Properties = Record<string, Schema>;

/** The schemas of the two kinds of answer, before anything is known of a model. */
export interface AnswerSchemas {
  readonly ofClassifier: Schema;
  readonly ofRegressor: Schema;
}

export function schemasOf({ components }: OpenAPIObject): Record<string, Schema> {
  return components!.schemas!;
}

/** Takes the schemas of the answers out of the document; that of the regressor is not part of it. */
export function takeAnswerSchemas(document: OpenAPIObject): AnswerSchemas {
  const schemas = schemasOf(document);
  const ofRegressor = schemas[PredictValueResponse.name]!;
  delete schemas[PredictValueResponse.name];
  return { ofClassifier: schemas[PredictResponse.name]!, ofRegressor };
}

/** The schema of a model's rows, with its example. */
export function rowSchema({ description: { columns }, unusedNames }: ServedModel): Schema {
  const unused = [...unusedNames].map((name) => [name, UNUSED] as const);
  const used = columns.map(({ name, schema }) => [name, schema as Schema] as const);
  return {
    type: 'object',
    properties: Object.fromEntries([...used, ...unused]),
    required: columns.map(({ name }) => name),
    additionalProperties: false,
  };
}

/** Gives the properties of the written-out DTO their examples. */
export function addRowExamples(document: OpenAPIObject, { description }: ServedModel): void {
  const schema = schemasOf(document)[PredictRequest.name] as { properties: Properties };
  for (const { name, schema: column } of description.columns) {
    schema.properties[name] = { ...schema.properties[name], example: column['example'] };
  }
}

/** The schema of a model's answers, with an example. */
export function answerSchema(
  { ofClassifier, ofRegressor }: AnswerSchemas,
  model: ServedModel,
): Schema {
  const { answer } = model.example;
  const { classes } = model;
  const schema =
    answer.task === 'regression'
      ? withProperty(ofRegressor, 'predicted_value', { example: answer.value })
      : withProperty(ofClassifier, 'predicted_class', {
          ...(classes.length <= MAX_CLASSES_LISTED && { enum: [...classes] }),
          example: answer.label,
        });
  return ANSWER_FIELDS.filter((field) => field.unavailable(model) === undefined).reduce(
    (fields, field) => withProperty(fields, field.name, field.schema),
    schema,
  );
}

/** A copy of a schema that says more about one property. */
function withProperty(schema: Schema, name: string, more: object): Schema {
  const { properties, ...rest } = schema as { properties: Properties };
  return { ...rest, properties: { ...properties, [name]: { ...properties[name], ...more } } };
}
