import { Inject, Injectable } from '@nestjs/common';
import { ModelRegistry, ModelUpdater } from '@inferserve/inference';
import type { ModelStore } from '@inferserve/model-store';
import type { CommandOutcome } from '../models/model-command';
import { ModelCommands } from '../models/model-commands';
import { MODEL_STORE } from '../models/model-store.module';
import type { Round } from '../workers/messages';

/** A model in the index of the repository extension of the Open Inference Protocol. */
export interface IndexedModel {
  readonly name: string;
  readonly version?: string;
  readonly state: 'READY' | 'UNAVAILABLE';
  readonly reason: string;
}

/** Index, load and unload, in all processes that share the port. Each returns what is wrong, if anything. */
@Injectable()
export class RepositoryService {
  constructor(
    private readonly registry: ModelRegistry,
    private readonly updater: ModelUpdater,
    private readonly commands: ModelCommands,
    @Inject(MODEL_STORE) private readonly store: ModelStore,
  ) {}

  /** What is served, what cannot be loaded, and what the store holds beside it. */
  async index(): Promise<readonly IndexedModel[]> {
    const served = this.registry
      .list()
      .map(({ name, version }): IndexedModel => ({ name, version, state: 'READY', reason: '' }));
    const problems = this.updater.problems.map(({ name, version, reason }): IndexedModel => {
      return { name, ...(version !== undefined && { version }), state: 'UNAVAILABLE', reason };
    });
    const known = new Set([...served, ...problems].map(({ name }) => name));
    const stored = (await this.store.list().catch(() => [])).filter((name) => !known.has(name));
    const others = stored.map((name): IndexedModel => ({
      name,
      state: 'UNAVAILABLE',
      reason: 'not loaded',
    }));
    return [...served, ...problems, ...others];
  }

  /** Loads a model as the store has it now; a version beside those that are served. */
  async load(name: string, version?: string): Promise<string | undefined> {
    const round = await this.commands.runEverywhere({ do: 'load', name, version });
    return reasonOf(round.answers) ?? disagreement(round);
  }

  /** Stops serving a model in all its versions. */
  async unload(name: string): Promise<string | undefined> {
    const isDefault = this.registry.hasDefault && this.registry.default.name === name;
    if (isDefault) return `${name} is the default model, which cannot be unloaded`;
    const round = await this.commands.runEverywhere({ do: 'unload', name });
    const isDone = round.silent > 0 || round.answers.some((outcome) => outcome.isDone);
    return isDone ? disagreement(round) : `${name} is not served`;
  }
}

function reasonOf(outcomes: readonly CommandOutcome[]): string | undefined {
  return outcomes.flatMap(({ results }) => results).find(({ outcome }) => outcome === 'rejected')
    ?.reason;
}

function disagreement({ answers, silent }: Round<CommandOutcome>): string | undefined {
  if (silent > 0) {
    return `Worker processes that have not answered yet: ${silent}. GET /models says once all agree`;
  }
  const states = new Set(answers.map(({ serves }) => serves.join()));
  return states.size > 1 ? 'The worker processes serve different models now' : undefined;
}
