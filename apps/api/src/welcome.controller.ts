import { Controller, Get, type OnModuleInit } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
  type OpenAPIObject,
} from '@nestjs/swagger';
import { ModelRegistry } from '@inferserve/inference';
import { OpenApiParts } from './docs/openapi-parts';
import { setExample } from './docs/set-example';

class WelcomeResponse {
  @ApiProperty()
  readonly message!: string;
}

/** `GET /`: says what this is. */
@Controller()
export class WelcomeController implements OnModuleInit {
  constructor(
    private readonly registry: ModelRegistry,
    private readonly parts: OpenApiParts,
  ) {}

  onModuleInit(): void {
    this.parts.add(this);
  }

  @Get()
  @ApiTags('service')
  @ApiOperation({ operationId: 'welcome', summary: 'Say what this service is' })
  @ApiOkResponse({ description: 'A welcome', type: WelcomeResponse })
  welcome(): WelcomeResponse {
    if (!this.registry.hasDefault) return { message: 'Welcome to InferServe' };
    const { name, task } = this.registry.default;
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    const kind = task === 'classification' ? 'Classification' : 'Regression';
    return { message: `Welcome to the ${title} ${kind} API` };
  }

  complete(document: OpenAPIObject): void {
    setExample(document, ['get', '/', 200], this.welcome());
  }
}
