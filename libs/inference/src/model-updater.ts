import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { INFERENCE_OPTIONS } from './inference.module-definition';
import type { InferenceOptions, RequestedModel } from './inference-options';
import { ModelLoadError } from './model-load.error';
import { ModelLoader } from './model-loader';
import { ModelRegistry } from './model-registry';
import type { ServedModel } from './served-model';
import type { ModelProblem, UpdateOutcome, UpdateResult } from './update-result';

/** What is known of one model that was asked for. */
interface Followed {
  readonly requested: RequestedModel;
  /** The model that answers for it. */
  served?: ServedModel;
  /** Of the store when it was looked at last. */
  fingerprint?: string;
  problem?: ModelProblem;
}

/**
 * Loads what was asked for before the port opens, and follows the store afterwards: what is new there is loaded and
 * verified beside what is served, then takes its place. One update runs at a time.
 */
@Injectable()
export class ModelUpdater implements OnModuleInit {
  private readonly logger = new Logger('Inference');
  private readonly followed = new Map<string, Followed>();
  private readonly outcomes = new Map<string, number>();
  /** Names that an operator unloaded: only a load brings them back. */
  private readonly unloaded = new Set<string>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(INFERENCE_OPTIONS) private readonly options: InferenceOptions,
    private readonly loader: ModelLoader,
    private readonly registry: ModelRegistry,
  ) {}

  /** @throws ModelLoadError for the first model where none can be served, unless the options allow that */
  async onModuleInit(): Promise<void> {
    const { models, startsEmpty = false } = this.options;
    await this.followAll();
    const failures: (readonly [Followed, ModelLoadError])[] = [];
    for (const followed of this.followed.values()) {
      const { name, version } = followed.requested;
      if (version === undefined && models !== '*') await this.logIgnored(name);
      const error = await this.tryLoad(followed);
      if (error) failures.push([followed, error]);
    }
    if (!startsEmpty && this.registry.list().length === 0) {
      throw (
        failures[0]?.[1] ?? new ModelLoadError('There is no model to serve: the store is empty')
      );
    }
    for (const [followed, error] of failures) this.logRejection(followed, error);
  }

  /** What was asked for and is not served as asked. */
  get problems(): readonly ModelProblem[] {
    return [...this.followed.values()].flatMap(({ problem }) => (problem ? [problem] : []));
  }

  /** Updates since the start, by outcome; polls that found nothing new are not among them. */
  get counts(): ReadonlyMap<UpdateOutcome, number> {
    return this.outcomes as ReadonlyMap<UpdateOutcome, number>;
  }

  /** Loads what is new in the store. */
  update(): Promise<readonly UpdateResult[]> {
    return this.inTurn(async () => {
      await this.followAll();
      const results: UpdateResult[] = [];
      for (const followed of this.followed.values()) results.push(await this.refresh(followed));
      return results;
    });
  }

  /** Does the same for models of which the store has changed, once it has been still for `settleMs`. */
  poll(settleMs: number): Promise<readonly UpdateResult[]> {
    return this.inTurn(async () => {
      await this.followAll();
      const results: UpdateResult[] = [];
      for (const followed of this.followed.values()) {
        const { name } = followed.requested;
        const seen = await this.fingerprint(name);
        if (seen === followed.fingerprint) continue;
        await new Promise((resolve) => setTimeout(resolve, settleMs));
        if ((await this.fingerprint(name)) === seen) results.push(await this.refresh(followed));
      }
      return results;
    });
  }

  /**
   * Loads a model as the store has it now, also one that was not asked for; then it is followed as well.
   * @param version to serve beside others; without it whatever is followed of the model, else its newest version
   */
  load(name: string, version?: string): Promise<readonly UpdateResult[]> {
    return this.inTurn(async () => {
      const known = [...this.followed.values()].filter(
        ({ requested }) =>
          requested.name === name && (version === undefined || requested.version === version),
      );
      const added: Followed = { requested: { name, ...(version !== undefined && { version }) } };
      const results: UpdateResult[] = [];
      for (const followed of known.length > 0 ? known : [added]) {
        const result = await this.refresh(followed);
        if (result.outcome !== 'rejected') {
          this.followed.set(keyOf(followed.requested), followed);
          this.unloaded.delete(name);
        }
        results.push(result);
      }
      return results;
    });
  }

  /** Stops serving a model in all its versions; `false` for the default model and for one that is not served. */
  unload(name: string): Promise<boolean> {
    return this.inTurn(async () => {
      const isDefault = this.registry.hasDefault && this.registry.default.name === name;
      const versions = this.registry.list().filter((model) => model.name === name);
      if (isDefault || versions.length === 0) return false;
      for (const { version } of versions) this.registry.unload(name, version);
      for (const [key, { requested }] of this.followed) {
        if (requested.name === name) this.followed.delete(key);
      }
      this.unloaded.add(name);
      this.logger.log(`Model ${name} unloaded`);
      return true;
    });
  }

  private async refresh(followed: Followed): Promise<UpdateResult> {
    const { served: before, problem: known, requested } = followed;
    const error = await this.tryLoad(followed);
    const { served } = followed;
    const outcome = error ? 'rejected' : served === before ? 'unchanged' : 'loaded';
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    if (error && error.reason !== known?.reason) this.logRejection(followed, error);
    return {
      name: requested.name,
      outcome,
      ...(served && { version: served.version }),
      ...(error && { reason: error.reason }),
    };
  }

  /** Serves what the store has for a model; changes nothing but the problem where that cannot be served. */
  private async tryLoad(followed: Followed): Promise<ModelLoadError | undefined> {
    const { requested, served: before } = followed;
    // Before reading: what is written meanwhile is found the next time.
    followed.fingerprint = await this.fingerprint(requested.name);
    try {
      const model = this.known(await this.loader.load(requested, before));
      followed.problem = undefined;
      followed.served = model;
      if (model === before) return undefined;
      this.registry.serve(model);
      if (before && before.version !== model.version) this.drop(before);
      const { name, version, artifact } = model;
      this.logger.log(`Model ${name} version ${version} (${artifact.contentHash}) verified`);
      return undefined;
    } catch (cause) {
      const error = asLoadError(cause, requested.name);
      const { reason } = error;
      followed.problem = { ...requested, reason, ...(before && { servedVersion: before.version }) };
      return error;
    }
  }

  /** The model that is served already, where it is the same: it may have been asked for twice, by name and version. */
  private known(model: ServedModel): ServedModel {
    const served = this.registry.get(model.name, model.version);
    return served?.artifact.contentHash === model.artifact.contentHash ? served : model;
  }

  /** Stops serving what was replaced, unless it was asked for by its version too. */
  private drop({ name, version }: ServedModel): void {
    if (!this.followed.has(keyOf({ name, version }))) this.registry.unload(name, version);
  }

  private async followAll(): Promise<void> {
    const { models, store } = this.options;
    const requested =
      models === '*' ? (await store.list().catch(() => [])).map((name) => ({ name })) : models;
    for (const each of requested) {
      const key = keyOf(each);
      if (!this.followed.has(key) && !this.unloaded.has(each.name))
        this.followed.set(key, { requested: each });
    }
  }

  private async fingerprint(name: string): Promise<string> {
    return this.options.store.fingerprint(name).catch(String);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }

  private logRejection({ requested, served }: Followed, { message }: ModelLoadError): void {
    const { name, version } = requested;
    const asked = version === undefined ? name : `${name} version ${version}`;
    const instead = served ? `version ${served.version} goes on serving` : 'it is not served';
    this.logger.error(`Model ${asked} cannot be loaded, ${instead}. ${message}`);
  }

  private async logIgnored(name: string): Promise<void> {
    // What cannot be listed is reported by the load that follows.
    const { ignored } = await this.options.store.versions(name).catch(() => ({ ignored: [] }));
    if (ignored.length === 0) return;
    const folders = ignored.map(({ folder, reason }) => `"${folder}" ${reason}`).join('; ');
    this.logger.warn(`Ignored in the folder of model ${name}: ${folders}`);
  }
}

function keyOf({ name, version = '' }: RequestedModel): string {
  return `${name}@${version}`;
}

/** A defect of this program, or of an artifact that nobody foresaw, must not end a server that serves well. */
function asLoadError(cause: unknown, name: string): ModelLoadError {
  if (cause instanceof ModelLoadError) return cause;
  const reason = `Unexpected error: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new ModelLoadError(`Model ${name}: ${reason}`, { cause, reason });
}
