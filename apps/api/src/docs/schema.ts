import type { OpenAPIObject } from '@nestjs/swagger';

/** A schema of an OpenAPI document. */
export type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
