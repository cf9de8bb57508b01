import type { OpenAPIObject } from '@nestjs/swagger';
import type { ServedModel } from '@inferserve/inference';
import { PredictRequest } from './predict-request.dto';
import { PredictResponse, PredictValueResponse } from './predict-response.dto';
import type { RowDto } from './row-dto';

/** More classes than this are not listed. */
const MAX_CLASSES_LISTED = 100;

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
type Properties = Record<string, Schema>;

/** Makes the schema `PredictRequest` that of the model's rows, with its example. */
export function describeRows(document: OpenAPIObject, model: ServedModel, dto: RowDto): void {
  const schemas = schemasOf(document);
  const { columns } = model.description;
  if (dto.type === PredictRequest) {
    const schema = schemas[PredictRequest.name] as { properties: Properties };
    for (const { name, schema: column } of columns) {
      schema.properties[name] = { ...schema.properties[name], example: column['example'] };
    }
    return;
  }
  schemas[PredictRequest.name] = {
    type: 'object',
    properties: Object.fromEntries(columns.map(({ name, schema }) => [name, schema as Schema])),
    required: columns.map(({ name }) => name),
    additionalProperties: false,
  };
}

/** Makes the schema `PredictResponse` that of the model's answers, with an example. */
export function describeAnswers(document: OpenAPIObject, model: ServedModel): void {
  const schemas = schemasOf(document);
  const value = schemas[PredictValueResponse.name]!;
  delete schemas[PredictValueResponse.name];
  const { answer } = model.example;
  if (answer.task === 'regression') {
    schemas[PredictResponse.name] = withProperty(value, 'predicted_value', {
      example: answer.value,
    });
    return;
  }
  schemas[PredictResponse.name] = withProperty(schemas[PredictResponse.name]!, 'predicted_class', {
    ...(model.classes.length <= MAX_CLASSES_LISTED && { enum: [...model.classes] }),
    example: answer.label,
  });
}

function schemasOf({ components }: OpenAPIObject): Record<string, Schema> {
  return components!.schemas!;
}

/** A copy of a schema that says more about one property. */
function withProperty(schema: Schema, name: string, more: object): Schema {
  const { properties, ...rest } = schema as { properties: Properties };
  return { ...rest, properties: { ...properties, [name]: { ...properties[name], ...more } } };
}
