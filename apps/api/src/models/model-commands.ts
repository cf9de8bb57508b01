import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import {
  ModelRegistry,
  ModelUpdater,
  ShadowScorer,
  type UpdateResult,
} from '@inferserve/inference';
import { GroupMember } from '../workers/group-member';
import type { Round } from '../workers/messages';
import { primary } from '../workers/primary';
import type { CommandOutcome, ModelCommand } from './model-command';
import { servedAs } from './served-as';

/** Carries out commands about models: in this process, or in all processes that share the port. */
@Injectable()
export class ModelCommands implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly workers?: GroupMember<ModelCommand, CommandOutcome>;

  constructor(
    private readonly updater: ModelUpdater,
    private readonly registry: ModelRegistry,
    private readonly shadows: ShadowScorer,
  ) {
    if (primary) {
      this.workers = new GroupMember(primary, 'models', (command) => this.run(command));
    }
  }

  /** Before the port opens, a worker that starts later than others catches up with what those were told. */
  async onApplicationBootstrap(): Promise<void> {
    await this.workers?.join();
  }

  onModuleDestroy(): void {
    this.workers?.leave();
  }

  /** Whether there may be other processes. */
  get hasWorkers(): boolean {
    return this.workers !== undefined;
  }

  /** In every process; one outcome for each that answers in time. */
  async runEverywhere(command: ModelCommand): Promise<Round<CommandOutcome>> {
    return this.workers?.askAll(command) ?? { answers: [await this.run(command)], silent: 0 };
  }

  /** In this process. */
  async run(command: ModelCommand): Promise<CommandOutcome> {
    const [isDone, results] = await this.carryOut(command);
    const serves = this.registry.list().map(servedAs).sort();
    const outcome = { pid: process.pid, isDone, results, serves };
    return command.do === 'traffic' ? { ...outcome, traffic: this.traffic() } : outcome;
  }

  private traffic(): CommandOutcome['traffic'] {
    return this.registry
      .list()
      .flatMap((model) =>
        model.traffic ? [{ model: servedAs(model), counts: model.traffic.read() }] : [],
      );
  }

  private async carryOut(
    command: ModelCommand,
  ): Promise<readonly [boolean, readonly UpdateResult[]]> {
    switch (command.do) {
      case 'report':
      case 'traffic':
        return [true, []];
      case 'unload':
        return [await this.updater.unload(command.name), []];
      case 'update':
      case 'load': {
        const results = await (command.do === 'load'
          ? this.updater.load(command.name, command.version)
          : this.updater.update());
        if (command.do === 'update') await this.shadows.load();
        return [results.every(({ outcome }) => outcome !== 'rejected'), results];
      }
    }
  }
}
