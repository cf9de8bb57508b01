import { Controller, Get, Req, Res, type OnModuleInit } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
  type OpenAPIObject,
} from '@nestjs/swagger';
import { ModelRegistry } from '@inferserve/inference';
import type { Request, Response } from 'express';
import { OpenApiParts } from './docs/openapi-parts';
import { setExample } from './docs/set-example';
import { forwardedPrefix } from './page/forwarded-prefix';
import { PageService } from './page/page.service';
import { PAGE_HEADERS } from './page/page-headers';

class WelcomeResponse {
  @ApiProperty()
  readonly message!: string;
}

/** `GET /`: says what this is, to a browser with the page of the default model. */
@Controller()
export class WelcomeController implements OnModuleInit {
  constructor(
    private readonly registry: ModelRegistry,
    private readonly parts: OpenApiParts,
    private readonly pages: PageService,
  ) {}

  onModuleInit(): void {
    this.parts.add(this);
  }

  @Get()
  @ApiTags('service')
  @ApiOperation({ operationId: 'welcome', summary: 'Say what this service is' })
  @ApiOkResponse({ description: 'A welcome', type: WelcomeResponse })
  async root(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WelcomeResponse | string> {
    response.vary('Accept');
    const isBrowser = request.accepts('json', 'html') === 'html';
    if (!isBrowser || !this.registry.hasDefault) return this.welcome();
    response.set(PAGE_HEADERS);
    const model = this.registry.default;
    const prefix = forwardedPrefix(request);
    if (prefix === '') return this.pages.page(model, '', 'predict');
    // The path may lack its slash, where relative addresses would lead out of it; those of the named page cannot.
    response.status(302).set('Location', `${prefix}/models/${model.name}/page`);
    return '';
  }

  private welcome(): WelcomeResponse {
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
