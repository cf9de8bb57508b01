import { applyDecorators, Controller, SetMetadata, UseFilters } from '@nestjs/common';
import type { ErrorRenderer } from '../errors/error-renderer';
import { HttpErrorFilter } from '../errors/http-error.filter';

/** Metadata key of the `ProtocolRoutes` of a controller. */
export const PROTOCOL_ROUTES = 'inferserve:protocol-routes';

/** Where a protocol answers, and the form of its errors. */
export interface ProtocolRoutes {
  readonly path: string;
  readonly errors: ErrorRenderer;
}

/** A controller whose routes, errors before routing included, speak one protocol. */
export const ProtocolController = (path: string, errors: ErrorRenderer): ClassDecorator =>
  applyDecorators(
    Controller(path),
    UseFilters(new HttpErrorFilter(() => errors)),
    SetMetadata(PROTOCOL_ROUTES, { path: `/${path}`, errors } satisfies ProtocolRoutes),
  ) as ClassDecorator;
