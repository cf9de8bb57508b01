import { Inject, Injectable } from '@nestjs/common';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import { ACCESS, type Access } from '../access/access';
import { MetricsService } from '../metrics/metrics.service';
import { ANSWER_FIELDS } from '../protocols/native/include/answer-fields';
import { Include } from '../protocols/native/include/include';
import { ResponseWriter } from '../protocols/native/response-writer';
import { modelPage } from './model-page';
import { latelyPart } from './parts/lately.part';
import { recentActivity } from './recent-activity';

/** A page but for what happened lately, as it was while these models were served. */
interface Written {
  readonly revision: number;
  readonly parts: ReturnType<typeof modelPage>;
}

/** Writes the pages of models. */
@Injectable()
export class PageService {
  /** Pages are not limited, and one of thousands of columns takes a fifth of a second; by the addresses in them. */
  private readonly written = new WeakMap<ServedModel, Map<string, Written>>();
  /** To explain a large forest takes a while, too. */
  private readonly exampleAnswers = new WeakMap<ServedModel, object>();

  constructor(
    private readonly registry: ModelRegistry,
    private readonly metrics: MetricsService,
    private readonly writer: ResponseWriter,
    @Inject(ACCESS) private readonly access: Access,
  ) {}

  /**
   * @param root relative address of the server's root as seen from the page, `''` or `../` and so on
   * @param predictUrl relative to that
   */
  async page(model: ServedModel, root: string, predictUrl: string): Promise<string> {
    const [before, after] = this.lasting(model, root, predictUrl);
    return before + latelyPart(model, await recentActivity(this.metrics)).text + after;
  }

  /** What a page says until other models are served. */
  private lasting(model: ServedModel, root: string, predictUrl: string): Written['parts'] {
    const { revision } = this.registry;
    const pages = this.written.get(model) ?? new Map<string, Written>();
    this.written.set(model, pages);
    const known = pages.get(`${root} ${predictUrl}`);
    if (known?.revision === revision) return known.parts;
    const parts = this.write(model, root, predictUrl);
    pages.set(`${root} ${predictUrl}`, { revision, parts });
    return parts;
  }

  private write(model: ServedModel, root: string, predictUrl: string): Written['parts'] {
    const models = new Map<string, string[]>();
    for (const { name, version } of this.registry.list()) {
      models.set(name, [...(models.get(name) ?? []), version]);
    }
    const include = new Include(
      ANSWER_FIELDS.filter(({ unavailable }) => unavailable(model) === undefined),
    );
    return modelPage({
      model,
      root,
      predictUrl: `${root}${predictUrl}`,
      include: include.fields.map(({ name }) => name),
      exampleAnswer: this.exampleAnswer(model, include),
      models,
      hasKeys: this.access !== null,
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
