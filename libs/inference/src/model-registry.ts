import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { newestVersion } from '@inferserve/model-store';
import { INFERENCE_OPTIONS } from './inference.module-definition';
import type { InferenceOptions, RequestedModel } from './inference-options';
import { ModelLoadError } from './model-load.error';
import { ModelLoader } from './model-loader';
import type { ServedModel } from './served-model';

/** The models of this process by name and version. Those that the options name are verified before the port opens. */
@Injectable()
export class ModelRegistry implements OnModuleInit {
  private readonly logger = new Logger('Inference');
  private readonly served = new Map<string, Map<string, ServedModel>>();
  private current?: ServedModel;

  constructor(
    @Inject(INFERENCE_OPTIONS) private readonly options: InferenceOptions,
    private readonly loader: ModelLoader,
  ) {}

  /** @throws ModelLoadError for the first model that cannot be served */
  async onModuleInit(): Promise<void> {
    for (const requested of this.options.models) {
      if (requested.version === undefined) await this.reportIgnored(requested.name);
      await this.load(requested);
    }
  }

  /** The model that answers where a request names none: the first of the options, as it is served now. */
  get default(): ServedModel {
    if (!this.current) throw new ModelLoadError('No model is loaded yet');
    return this.current;
  }

  /** Everything that is served, in the order in which it was loaded. */
  list(): readonly ServedModel[] {
    return [...this.served.values()].flatMap((versions) => [...versions.values()]);
  }

  /** A model by name; without a version the newest one that is served. */
  get(name: string, version?: string): ServedModel | undefined {
    const versions = this.served.get(name);
    if (!versions) return undefined;
    const wanted = version ?? newestVersion([...versions.keys()]) ?? [...versions.keys()].at(-1);
    return wanted === undefined ? undefined : versions.get(wanted);
  }

  /**
   * Loads and verifies a model, then serves it beside the others, in place of the same name and version.
   * @throws ModelLoadError and changes nothing where it cannot be served
   */
  async load(requested: RequestedModel): Promise<ServedModel> {
    const model = await this.loader.load(requested);
    this.serve(model);
    const { name, version, artifact } = model;
    this.logger.log(`Model ${name} version ${version} (${artifact.contentHash}) verified`);
    return model;
  }

  /** Serves a verified model; requests under way keep the one that they began with. */
  serve(model: ServedModel): void {
    const versions = this.served.get(model.name) ?? new Map<string, ServedModel>();
    this.served.set(model.name, versions.set(model.version, model));
    this.chooseDefault();
  }

  /** Stops serving a version; `false` where it is not served, or is all that the default model has. */
  unload(name: string, version: string): boolean {
    const versions = this.served.get(name);
    if (!versions?.has(version)) return false;
    if (name === this.options.models[0].name && versions.size === 1) return false;
    versions.delete(version);
    if (versions.size === 0) this.served.delete(name);
    this.chooseDefault();
    return true;
  }

  private chooseDefault(): void {
    const [{ name, version }] = this.options.models;
    const pinned = version === undefined ? undefined : this.get(name, version);
    this.current = pinned ?? this.get(name);
  }

  private async reportIgnored(name: string): Promise<void> {
    // What cannot be listed is reported by the load that follows.
    const { ignored } = await this.options.store.versions(name).catch(() => ({ ignored: [] }));
    if (ignored.length === 0) return;
    const folders = ignored.map(({ folder, reason }) => `"${folder}" ${reason}`).join('; ');
    this.logger.warn(`Ignored in the folder of model ${name}: ${folders}`);
  }
}
