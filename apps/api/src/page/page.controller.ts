import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ModelFinder } from '../protocols/shared/model-finder';
import { isPageAsset, pageAsset } from './page-assets';
import { PageService } from './page.service';
import { PAGE_HEADERS } from './page-headers';

/** The pages of models by name, and the files that pages ask for. */
@ApiExcludeController()
@Controller()
export class PageController {
  constructor(
    private readonly pages: PageService,
    private readonly finder: ModelFinder,
  ) {}

  @Get('models/:name/page')
  page(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<string> {
    return this.write(request, response);
  }

  @Get('models/:name/versions/:version/page')
  versionPage(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return this.write(request, response);
  }

  @Get('page-assets/:file')
  asset(@Param('file') file: string, @Res() response: Response): void {
    if (!isPageAsset(file)) throw new NotFoundException();
    const { type, bytes } = pageAsset(file);
    // The address holds the revision.
    response
      .set({
        'Content-Type': type,
        'Cache-Control': 'public, max-age=31536000, immutable',
        'X-Content-Type-Options': 'nosniff',
      })
      .send(bytes);
  }

  private write({ path, params }: Request, response: Response): Promise<string> {
    const model = this.finder.ofPath(params);
    response.set(PAGE_HEADERS);
    // Relative, so that the prefix of a proxy does not matter; a slash at the end is one level more.
    const root = '../'.repeat(path.split('/').length - 2);
    // Not from the path, which can be written in many ways: a page is kept for each address in it.
    const versions = params['version'] === undefined ? '' : `/versions/${model.version}`;
    return this.pages.page(model, root, `models/${model.name}${versions}/predict`);
  }
}
