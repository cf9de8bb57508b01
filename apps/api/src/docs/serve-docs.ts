import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { openApiDocument } from './openapi';

const PATH = 'docs';

/** Swagger UI at `/docs`, the document at `/docs-json` and `/docs-yaml`. */
export function serveDocs(app: NestExpressApplication): void {
  app.use(
    `/${PATH}`,
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          // Swagger UI writes style attributes, and its icons are data URLs.
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          objectSrc: ["'none'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
        },
      },
      // TLS ends in front of this server, which is where HSTS belongs.
      strictTransportSecurity: false,
    }),
  );
  SwaggerModule.setup(PATH, app, () => openApiDocument(app), {
    customSiteTitle: 'InferServe API',
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
  });
}
