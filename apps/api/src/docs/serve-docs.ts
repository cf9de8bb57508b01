import type { NestExpressApplication } from '@nestjs/platform-express';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ModelRegistry } from '@inferserve/inference';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { RouteTable } from '../http/requests/route-table';
import { openApiDocument } from './openapi';
import { swaggerUiFolder } from './swagger-ui-folder';

const PATH = 'docs';

/** Swagger UI at `/docs`, the document at `/docs-json` and `/docs-yaml`. */
export function serveDocs(app: NestExpressApplication, routes: RouteTable): void {
  routes.mount(`/${PATH}`);
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
    redirectToPage,
  );
  SwaggerModule.setup(PATH, app, () => openApiDocument(app), {
    // The models may have changed since.
    patchDocumentOnRequest: currentDocument(app),
    customSiteTitle: 'InferServe API',
    customSwaggerUiPath: swaggerUiFolder(),
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
  });
}

/** The document, made anew once other models are served. */
function currentDocument(app: NestExpressApplication): () => OpenAPIObject {
  const registry = app.get(ModelRegistry);
  let made: { readonly revision: number; readonly document: OpenAPIObject } | undefined;
  return () => {
    const { revision } = registry;
    if (made?.revision !== revision) made = { revision, document: openApiDocument(app) };
    return made.document;
  };
}

/** The page has one address: the server URL in the document is relative to it, whatever prefix a proxy adds. */
function redirectToPage(request: Request, response: Response, next: NextFunction): void {
  const isPage = request.path === '/' || request.path === '/index.html';
  if (!isPage || request.originalUrl.split('?')[0] === `/${PATH}`) {
    next();
    return;
  }
  response.redirect(301, `../${PATH}`);
}
