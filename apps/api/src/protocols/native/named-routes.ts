import type { OpenAPIObject } from '@nestjs/swagger';
import type { ServedModel } from '@inferserve/inference';
import { type AnswerSchemas, answerSchema, rowSchema, schemasOf } from './model-schemas';

/** Schemas that each model has for itself. */
const OWN_SCHEMAS = ['PredictRequest', 'PredictResponse', 'BatchRequest', 'BatchResponse'] as const;
const OWN_REFERENCE = new RegExp(`"#/components/schemas/(${OWN_SCHEMAS.join('|')})"`, 'g');

type PathItem = OpenAPIObject['paths'][string];

/** The routes and schemas of `/predict`, as they were before anything was known of a model. */
export interface PredictTemplates {
  readonly answers: AnswerSchemas;
  /** The path items and batch schemas, as JSON. */
  readonly text: string;
}

interface Templates {
  readonly paths: Readonly<Record<'predict' | 'batch', PathItem>>;
  readonly schemas: Readonly<Record<'BatchRequest' | 'BatchResponse', object>>;
}

/** What the document has so far to describe a prediction route with. */
export function predictTemplates(
  document: OpenAPIObject,
  answers: AnswerSchemas,
): PredictTemplates {
  const { BatchRequest, BatchResponse } = schemasOf(document);
  const paths = { predict: document.paths['/predict'], batch: document.paths['/predict/batch'] };
  return { answers, text: JSON.stringify({ paths, schemas: { BatchRequest, BatchResponse } }) };
}

/**
 * Adds `<path>/predict` and `<path>/predict/batch` with schemas of their own to the document.
 * @param id tells this route from those of other models and versions; holds letters, digits and `._-` only
 */
export function addNamedRoutes(
  document: OpenAPIObject,
  { answers, text }: PredictTemplates,
  { model, path, id }: { readonly model: ServedModel; readonly path: string; readonly id: string },
): void {
  const own = text.replaceAll(OWN_REFERENCE, `"#/components/schemas/${id}.$1"`);
  const { paths, schemas } = JSON.parse(own) as Templates;
  Object.assign(schemasOf(document), {
    [`${id}.PredictRequest`]: rowSchema(model),
    [`${id}.PredictResponse`]: answerSchema(answers, model),
    [`${id}.BatchRequest`]: schemas.BatchRequest,
    [`${id}.BatchResponse`]: schemas.BatchResponse,
  });
  const { name, version, artifact } = model;
  const about = [
    `Model ${name}, now in version ${version}.`,
    ...(artifact.description === undefined ? [] : [artifact.description]),
  ].join(' ');
  for (const [route, item] of [
    [`${path}/predict`, paths.predict],
    [`${path}/predict/batch`, paths.batch],
  ] as const) {
    const post = item.post!;
    document.paths[route] = {
      ...item,
      post: {
        ...post,
        operationId: `${post.operationId}.${id}`,
        summary: `${post.summary} with ${name}`,
        description: `${about} ${post.description?.replace(' with the default model', '')}`,
        responses: {
          ...post.responses,
          '404': {
            description: 'No such model or version is served',
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } },
            },
          },
        },
      },
    };
  }
}
