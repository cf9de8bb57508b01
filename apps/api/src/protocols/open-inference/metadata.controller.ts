import { All, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import type { Response } from 'express';
import { ProblemException } from '../../http/errors/problem.exception';
import { ProtocolController } from '../../http/requests/protocol.decorator';
import { ModelFinder } from '../shared/model-finder';
import { type ModelMetadata, modelMetadata, SERVER_METADATA } from './metadata';
import { ModelDocs, ModelReadyDocs, ModelsDocs, ServerDocs } from './open-inference.decorators';
import { errorBodies } from '../shared/error-body';

interface ModelReadiness {
  readonly name: string;
  readonly ready: boolean;
  readonly error?: string;
}

/** What the server and its models are, and whether they are ready. Never limited. */
@ProtocolController('v2', errorBodies)
export class MetadataController {
  constructor(
    private readonly registry: ModelRegistry,
    private readonly models: ModelFinder,
  ) {}

  @Get()
  @ServerDocs()
  server(): typeof SERVER_METADATA {
    return SERVER_METADATA;
  }

  /** As KServe has it; the protocol itself has no such list. */
  @Get('models')
  @ModelsDocs()
  list(): { readonly models: readonly string[] } {
    return { models: [...new Set(this.registry.list().map(({ name }) => name))] };
  }

  @Get('models/:model')
  @ModelDocs('modelMetadata')
  model(@Param('model') name: string): ModelMetadata {
    return modelMetadata(this.models.find(name), this.models.versionsOf(name));
  }

  @Get('models/:model/versions/:version')
  @ModelDocs('modelVersionMetadata')
  modelVersion(@Param('model') name: string, @Param('version') version: string): ModelMetadata {
    return modelMetadata(this.models.find(name, version), this.models.versionsOf(name));
  }

  @Get('models/:model/ready')
  @ModelReadyDocs('modelReady')
  modelReady(
    @Param('model') name: string,
    @Res({ passthrough: true }) response: Response,
  ): ModelReadiness {
    return readinessOf(this.models.find(name), response);
  }

  @Get('models/:model/versions/:version/ready')
  @ModelReadyDocs('modelVersionReady')
  modelVersionReady(
    @Param('model') name: string,
    @Param('version') version: string,
    @Res({ passthrough: true }) response: Response,
  ): ModelReadiness {
    return readinessOf(this.models.find(name, version), response);
  }

  @All([
    '',
    'models',
    'models/:model',
    'models/:model/ready',
    'models/:model/versions/:version',
    'models/:model/versions/:version/ready',
  ])
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
