import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeModel } from '../prediction/describe-model';
import { PredictionContract } from '../prediction/prediction-contract';

/** The OpenAPI document of the application, with the fields of the model that it serves. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('InferServe')
    .setDescription('A small tabular classifier behind a REST API.')
    .setVersion('1.0.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addTag('prediction', 'Ask the model')
    .addTag('service', 'Ask about the service')
    .build();
  const contract = app.get(PredictionContract);
  const document = SwaggerModule.createDocument(app, config, {
    autoTagControllers: false,
    extraModels: [contract.requestType],
  });
  // Said outright: there is nothing to authorise.
  return describeModel({ ...document, security: [] }, contract);
}
