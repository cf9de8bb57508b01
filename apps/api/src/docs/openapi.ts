import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SERVER_VERSION } from '../server-version';
import { OpenApiParts } from './openapi-parts';

/** The OpenAPI document of the application, with the columns and examples of the models that it serves. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('InferServe')
    .setDescription('A tabular model behind a REST API.')
    .setVersion(SERVER_VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    // Relative to the document, so that it holds behind a path prefix as well.
    .addServer('.')
    .addTag('prediction', 'Predictions')
    .addTag('models', 'The models that are served')
    .addTag('service', 'Service status')
    .build();
  const document = SwaggerModule.createDocument(app, config, { autoTagControllers: false });
  // Explicit: what requires authorisation says so itself.
  document.security = [];
  app.get(OpenApiParts).complete(document);
  return document;
}
