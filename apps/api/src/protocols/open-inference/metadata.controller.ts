import { All, Get, Param } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { ModelRegistry } from '@inferserve/inference';
import { ProblemException } from '../../http/errors/problem.exception';
import { ProtocolController } from '../../http/requests/protocol.decorator';
import { ModelFinder } from '../shared/model-finder';
import { type ModelMetadata, modelMetadata, SERVER_METADATA } from './metadata';
import { ModelDocs, ModelsDocs, ServerDocs } from './open-inference.decorators';
import { errorBodies } from '../shared/error-body';

/** What the server and its models are. Never limited. */
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

  @All(['', 'models', 'models/:model', 'models/:model/versions/:version'])
  @ApiExcludeEndpoint()
  refuseOtherMethods(): never {
    throw new ProblemException({ kind: 'method_not_allowed', allowed: 'GET' });
  }
}
