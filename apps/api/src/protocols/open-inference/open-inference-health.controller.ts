import { All, Get, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { ModelRegistry } from '@inferserve/inference';
import type { Response } from 'express';
import { ReadinessService } from '../../health/readiness.service';
import { HttpErrorFilter } from '../../http/errors/http-error.filter';
import { ProblemException } from '../../http/errors/problem.exception';
import { ProbeController } from '../../http/requests/probe.decorator';
import { ServerLiveDocs, ServerReadyDocs } from './open-inference.decorators';
import { errorBodies } from '../shared/error-body';

/** The body of `GET /v2/health/ready`; with the reason where it is not. */
export interface ServerReadiness {
  readonly ready: boolean;
  readonly error?: string;
}

/** The probes of the protocol: answered under overload as well, never limited, not logged. */
@ProbeController('v2/health')
@UseFilters(new HttpErrorFilter(() => errorBodies))
export class OpenInferenceHealthController {
  constructor(
    private readonly readiness: ReadinessService,
    private readonly registry: ModelRegistry,
  ) {}

  @Get('live')
  @ServerLiveDocs()
  live(): { readonly live: true } {
    return { live: true };
  }

  @Get('ready')
  @ServerReadyDocs()
  async ready(@Res({ passthrough: true }) response: Response): Promise<ServerReadiness> {
    // Nothing to check would be nothing that fails.
    const hasModels = this.registry.list().length > 0;
    const failing = hasModels ? (await this.readiness.check()).failing : ['model'];
    if (failing.length === 0) return { ready: true };
    response.status(503);
    return { ready: false, error: `Not ready: ${failing.join(', ')}` };
  }

  @All(['live', 'ready'])
  @ApiExcludeEndpoint()
  refuseOtherMethods(): never {
    throw new ProblemException({ kind: 'method_not_allowed', allowed: 'GET' });
  }
}
