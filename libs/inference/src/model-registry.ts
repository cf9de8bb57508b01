import { Inject, Injectable } from '@nestjs/common';
import { newestVersion } from '@inferserve/model-store';
import type { AnswerTally } from './answer-tally';
import { INFERENCE_OPTIONS } from './inference.module-definition';
import type { InferenceOptions } from './inference-options';
import { ModelUnavailableError } from './model-unavailable.error';
import type { ServedModel } from './served-model';

/** Tallies of models that are served no longer: so many are kept, for metrics that nobody has read yet. */
const MAX_RETIRED = 100;

/** The models that this process serves, by name and version. `ModelUpdater` fills it. */
@Injectable()
export class ModelRegistry {
  private readonly served = new Map<string, Map<string, ServedModel>>();
  private readonly retired: AnswerTally[] = [];
  private current?: ServedModel;
  private changes = 0;

  constructor(@Inject(INFERENCE_OPTIONS) private readonly options: InferenceOptions) {}

  /**
   * The model that answers where a request names none.
   * @throws ModelUnavailableError while it is not served
   */
  get default(): ServedModel {
    if (!this.current) throw new ModelUnavailableError('The default model is not loaded');
    return this.current;
  }

  /** Whether there is a model that answers where a request names none. */
  get hasDefault(): boolean {
    return this.current !== undefined;
  }

  /** A number that differs once anything else is served. */
  get revision(): number {
    return this.changes;
  }

  /** Everything that is served, in the order in which its names were loaded. */
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

  /** The counts of all answers, those of models that are served no longer included. */
  tallies(): readonly AnswerTally[] {
    return [...this.retired, ...this.list().map(({ tally }) => tally)];
  }

  /** Serves a verified model, in place of the same name and version; requests under way keep the one they have. */
  serve(model: ServedModel): void {
    const versions = this.served.get(model.name) ?? new Map<string, ServedModel>();
    const before = versions.get(model.version);
    if (before === model) return;
    this.retire(before);
    this.served.set(model.name, versions.set(model.version, model));
    this.chooseDefault();
  }

  /** Stops serving a version; `false` where it is not served, or is all that the default model has. */
  unload(name: string, version: string): boolean {
    const versions = this.served.get(name);
    if (!versions?.has(version)) return false;
    if (name === this.current?.name && versions.size === 1) return false;
    this.retire(versions.get(version));
    versions.delete(version);
    if (versions.size === 0) this.served.delete(name);
    this.chooseDefault();
    return true;
  }

  private retire(model: ServedModel | undefined): void {
    if (model && this.retired.push(model.tally) > MAX_RETIRED) this.retired.shift();
  }

  private chooseDefault(): void {
    this.changes += 1;
    const { models, defaultModel } = this.options;
    const listed = models === '*' ? [] : models;
    // Once chosen it stays, whatever is added to the store.
    const name = defaultModel ?? listed[0]?.name ?? this.current?.name ?? this.list()[0]?.name;
    if (name === undefined) return;
    const requests = listed.filter((request) => request.name === name);
    // Asked for in a version and without one, the latter counts.
    const { version } = requests.find((request) => request.version === undefined) ??
      requests[0] ?? { version: undefined };
    this.current = (version === undefined ? undefined : this.get(name, version)) ?? this.get(name);
  }
}
