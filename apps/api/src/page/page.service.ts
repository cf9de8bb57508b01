import { Inject, Injectable } from '@nestjs/common';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import { ACCESS, type Access } from '../access/access';
import { MetricsService } from '../metrics/metrics.service';
import { ANSWER_FIELDS } from '../protocols/native/include/answer-fields';
import { modelPage } from './model-page';
import { recentActivity } from './recent-activity';

/** Writes the pages of models. */
@Injectable()
export class PageService {
  constructor(
    private readonly registry: ModelRegistry,
    private readonly metrics: MetricsService,
    @Inject(ACCESS) private readonly access: Access,
  ) {}

  /** @param root relative address of the server's root as seen from the page, `''` or `../` and so on */
  async page(model: ServedModel, root: string, predictUrl: string): Promise<string> {
    const models = new Map<string, string[]>();
    for (const { name, version } of this.registry.list()) {
      models.set(name, [...(models.get(name) ?? []), version]);
    }
    return modelPage({
      model,
      root,
      predictUrl: `${root}${predictUrl}`,
      include: ANSWER_FIELDS.filter(({ unavailable }) => unavailable(model) === undefined).map(
        ({ name }) => name,
      ),
      models,
      needsKey: this.access !== null,
      activity: await recentActivity(this.metrics),
    });
  }
}
