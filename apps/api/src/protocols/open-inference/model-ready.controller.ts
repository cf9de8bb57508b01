import { All, Get, Param, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { ServedModel } from '@inferserve/inference';
import type { Response } from 'express';
import { HttpErrorFilter } from '../../http/errors/http-error.filter';
import { ProblemException } from '../../http/errors/problem.exception';
import { ProbeController } from '../../http/requests/probe.decorator';
import { errorBodies } from '../shared/error-body';
import { ModelFinder } from '../shared/model-finder';
import { ModelReadyDocs } from './open-inference.decorators';

const READY = 'models/:model/ready';
const VERSION_READY = 'models/:model/versions/:version/ready';

interface ModelReadiness {
  readonly name: string;
  readonly ready: boolean;
  readonly error?: string;
}

/** `GET /v2/models/{model}[/versions/{version}]/ready`: the probes of each model. */
@ProbeController('v2', [READY, VERSION_READY])
@UseFilters(new HttpErrorFilter(() => errorBodies))
export class ModelReadyController {
  constructor(private readonly models: ModelFinder) {}

  @Get(READY)
  @ModelReadyDocs('modelReady')
  modelReady(
    @Param('model') name: string,
    @Res({ passthrough: true }) response: Response,
  ): ModelReadiness {
    return readinessOf(this.models.find(name), response);
  }

  @Get(VERSION_READY)
  @ModelReadyDocs('modelVersionReady')
  modelVersionReady(
    @Param('model') name: string,
    @Param('version') version: string,
    @Res({ passthrough: true }) response: Response,
  ): ModelReadiness {
    return readinessOf(this.models.find(name, version), response);
  }

  @All([READY, VERSION_READY])
  @ApiExcludeEndpoint()
  refuseOtherMethods(): never {
    throw new ProblemException({ kind: 'method_not_allowed', allowed: 'GET' });
  }
}

function readinessOf(model: ServedModel, response: Response): ModelReadiness {
  const { name } = model;
  if (model.isSound()) return { name, ready: true };
  response.status(503);
  return {
    name,
    ready: false,
    error: 'The model no longer gives the answers that it was made with.',
  };
}
