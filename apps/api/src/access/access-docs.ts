import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { OpenApiParts } from '../docs/openapi-parts';
import { nativeErrors } from '../protocols/native/native-errors';
import { RouteTable } from '../http/requests/route-table';
import { ACCESS, type Access } from './access';

type Response = NonNullable<OpenAPIObject['paths'][string]['post']>['responses'][string];

const SCHEMES = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The API key, as a bearer token' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The API key' },
} as const;

/** Describes the API keys where there are any: every POST is a prediction, and takes or needs one. */
@Injectable()
export class AccessDocs implements OnModuleInit {
  constructor(
    @Inject(ACCESS) private readonly access: Access,
    private readonly parts: OpenApiParts,
    private readonly routes: RouteTable,
  ) {}

  onModuleInit(): void {
    if (this.access !== null) this.parts.add(this);
  }

  complete(document: OpenAPIObject): void {
    const isRequired = this.access?.isRequired ?? false;
    document.components = { ...document.components, securitySchemes: SCHEMES };
    const anyOf: Record<string, string[]>[] = [
      { bearer: [] },
      { apiKey: [] },
      ...(isRequired ? [] : [{}]),
    ];
    for (const [path, { post }] of Object.entries(document.paths)) {
      if (!post) continue;
      post.security = anyOf;
      post.responses['401'] = this.unauthorized(path, isRequired);
    }
  }

  private unauthorized(path: string, isRequired: boolean): Response {
    const { body } = this.routes
      .errorsAt(path, nativeErrors)
      .render({ kind: 'unauthorized', reason: isRequired ? 'absent' : 'unknown' });
    return {
      description: isRequired ? 'No API key, or a wrong one' : 'A wrong API key',
      headers: {
        'WWW-Authenticate': {
          description: 'How to authenticate (RFC 6750)',
          schema: { type: 'string' },
        },
      },
      content: { 'application/json': { schema: { type: 'object' }, example: body } },
    };
  }
}
