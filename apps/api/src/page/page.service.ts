import { Inject, Injectable } from '@nestjs/common';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import { ACCESS, type Access } from '../access/access';
import { MetricsService } from '../metrics/metrics.service';
import { ANSWER_FIELDS } from '../protocols/native/include/answer-fields';
import { Include } from '../protocols/native/include/include';
import { ResponseWriter } from '../protocols/native/response-writer';
import { modelPage } from './model-page';
import { recentActivity } from './recent-activity';

/** Writes the pages of models. */
@Injectable()
export class PageService {
  /** Pages are not limited, and to explain a large forest takes a while. */
  private readonly exampleAnswers = new WeakMap<ServedModel, object>();

  constructor(
    private readonly registry: ModelRegistry,
    private readonly metrics: MetricsService,
    private readonly writer: ResponseWriter,
    @Inject(ACCESS) private readonly access: Access,
  ) {}

  /** @param root relative address of the server's root as seen from the page, `''` or `../` and so on */
  async page(model: ServedModel, root: string, predictUrl: string): Promise<string> {
    const models = new Map<string, string[]>();
    for (const { name, version } of this.registry.list()) {
      models.set(name, [...(models.get(name) ?? []), version]);
    }
    const include = new Include(
      ANSWER_FIELDS.filter(({ unavailable }) => unavailable(model) === undefined),
    );
    const activity = await recentActivity(this.metrics);
    return modelPage({
      model,
      root,
      predictUrl: `${root}${predictUrl}`,
      include: include.fields.map(({ name }) => name),
      exampleAnswer: this.exampleAnswer(model, include),
      models,
      hasKeys: this.access !== null,
      activity,
    });
  }

  private exampleAnswer(model: ServedModel, include: Include): object {
    const known = this.exampleAnswers.get(model);
    if (known) return known;
    model.read(model.example.row);
    const answer = model.score(include.probabilities);
    const written = this.writer.row(model, answer, include.addedTo(model, answer));
    this.exampleAnswers.set(model, written);
    return written;
  }
}
