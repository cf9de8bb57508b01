import { Inject, Injectable } from '@nestjs/common';
import { ModelRegistry, ModelUpdater, type ServedModel } from '@inferserve/inference';
import type { ModelStore } from '@inferserve/model-store';
import { ModelCommands } from '../../models/model-commands';
import { MODEL_STORE } from '../../models/model-store.module';
import { TrafficReports } from '../../models/traffic-reports';
import { ModelFinder } from '../shared/model-finder';
import { modelSummary, modelView, problemView } from './model-view';
import { trafficView } from './traffic-view';
import type { ModelDetails, ModelList, ModelSummary, ModelWorkers } from './models.dto';

/** The store is looked at no more often than this, however often clients ask. */
const STORE_CACHE_MS = 1_000;

interface Listing {
  readonly readAt: number;
  readonly versions: Promise<readonly string[] | undefined>;
}

/** What `/models` says about the models of this process. */
@Injectable()
export class ModelsService {
  private readonly views = new WeakMap<ServedModel, ReturnType<typeof modelView>>();
  private asked?: { readonly at: number; readonly answer: Promise<ModelWorkers> };
  private readonly listings = new Map<string, Listing>();

  constructor(
    private readonly registry: ModelRegistry,
    private readonly updater: ModelUpdater,
    private readonly finder: ModelFinder,
    private readonly commands: ModelCommands,
    private readonly traffic: TrafficReports,
    @Inject(MODEL_STORE) private readonly store: ModelStore,
  ) {}

  async list(): Promise<ModelList> {
    return {
      models: this.registry.list().map((model) => this.summary(model)),
      problems: this.updater.problems.map(problemView),
      ...(this.commands.hasWorkers && { workers: await this.workers() }),
    };
  }

  /** @throws ProblemException where it is not served */
  async describe(name: string, version?: string): Promise<ModelDetails> {
    const model = this.finder.find(name, version);
    const available = await this.available(name);
    const traffic = (await this.traffic.read()).get(model);
    const problem = this.updater.problems.find((each) => each.name === name);
    return {
      ...this.summary(model),
      ...this.view(model),
      ...(traffic && { traffic: trafficView(traffic) }),
      versions: { loaded: this.finder.versionsOf(name), ...(available && { available }) },
      ...(problem && { problem: problemView(problem) }),
    };
  }

  private summary(model: ServedModel): ModelSummary {
    return modelSummary(model, this.registry.hasDefault && this.registry.default === model);
  }

  /** Asks all workers, but no more often than the store. */
  private workers(): Promise<ModelWorkers> {
    const now = performance.now();
    if (!this.asked || now - this.asked.at >= STORE_CACHE_MS) {
      const answer = this.commands.runEverywhere({ do: 'report' }).then(({ answers }) => ({
        count: answers.length,
        differ: new Set(answers.map(({ serves }) => serves.join())).size > 1,
      }));
      this.asked = { at: now, answer };
    }
    return this.asked.answer;
  }

  private view(model: ServedModel): ReturnType<typeof modelView> {
    const view = this.views.get(model) ?? modelView(model);
    this.views.set(model, view);
    return view;
  }

  /** Only for names that are served, so that the number of listings is bounded. */
  private available(name: string): Promise<readonly string[] | undefined> {
    const known = this.listings.get(name);
    const now = performance.now();
    if (known && now - known.readAt < STORE_CACHE_MS) return known.versions;
    const versions = this.store.versions(name).then(
      (listing) => listing.versions,
      () => undefined,
    );
    this.listings.set(name, { readAt: now, versions });
    return versions;
  }
}
