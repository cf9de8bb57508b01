import { Get, Param, type OnModuleInit } from '@nestjs/common';
import {
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  type OpenAPIObject,
} from '@nestjs/swagger';
import { OpenApiParts } from '../../docs/openapi-parts';
import { setExample } from '../../docs/set-example';
import { ProtocolController } from '../../http/requests/protocol.decorator';
import { ErrorResponse } from './error-responses.dto';
import { ModelDetails, ModelList } from './models.dto';
import { ModelsService } from './models.service';
import { nativeErrors } from './native-errors';

/** `GET /models` and `/models/{name}[/versions/{version}]`: which models are served, and what there is to know of them. */
@ApiTags('models')
@ProtocolController('models', nativeErrors)
export class ModelsController implements OnModuleInit {
  constructor(
    private readonly models: ModelsService,
    private readonly parts: OpenApiParts,
  ) {}

  onModuleInit(): void {
    this.parts.add(this);
  }

  @Get()
  @ApiOperation({ operationId: 'listModels', summary: 'List the models that are served' })
  @ApiOkResponse({ description: 'The models', type: ModelList })
  list(): Promise<ModelList> {
    return this.models.list();
  }

  @Get(':name')
  @ApiOperation({ operationId: 'describeModel', summary: 'Describe a model' })
  @ApiOkResponse({ description: 'The newest version that is served', type: ModelDetails })
  @ApiNotFoundResponse({ description: 'No such model is served', type: ErrorResponse })
  describe(@Param('name') name: string): Promise<ModelDetails> {
    return this.models.describe(name);
  }

  @Get(':name/versions/:version')
  @ApiOperation({ operationId: 'describeModelVersion', summary: 'Describe one version of a model' })
  @ApiOkResponse({ description: 'That version', type: ModelDetails })
  @ApiNotFoundResponse({ description: 'No such version is served', type: ErrorResponse })
  describeVersion(
    @Param('name') name: string,
    @Param('version') version: string,
  ): Promise<ModelDetails> {
    return this.models.describe(name, version);
  }

  complete(document: OpenAPIObject): void {
    for (const path of ['/models/{name}', '/models/{name}/versions/{version}']) {
      const { body } = nativeErrors.render({ kind: 'unknown_model' });
      setExample(document, ['get', path, 404], body);
    }
  }
}
