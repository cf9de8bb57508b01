import { Global, Module } from '@nestjs/common';
import { OpenApiParts } from './openapi-parts';

/** The OpenAPI document, to which every module adds its part. */
@Global()
@Module({ providers: [OpenApiParts], exports: [OpenApiParts] })
export class DocsModule {}
