import { Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/** Completes its part of the OpenAPI document with what only the running server knows. */
export interface OpenApiPart {
  complete(document: OpenAPIObject): void;
}

/** Everything that completes the document; each part adds itself when its module starts. */
@Injectable()
export class OpenApiParts {
  private readonly parts: OpenApiPart[] = [];

  add(part: OpenApiPart): void {
    this.parts.push(part);
  }

  complete(document: OpenAPIObject): void {
    for (const part of this.parts) part.complete(document);
  }
}
