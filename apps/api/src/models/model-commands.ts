import cluster from 'node:cluster';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import {
  ModelRegistry,
  ModelUpdater,
  ShadowScorer,
  type UpdateResult,
} from '@inferserve/inference';
import type { Environment } from '../settings/environment';
import { environmentConfig } from '../settings/environment.config';
import type { CommandOutcome, ModelCommand } from './model-command';
import { servedAs } from './served-as';
import { WorkerCommands } from './worker-commands';

/** Carries out commands about models: in this process, or in all processes that share the port. */
@Injectable()
export class ModelCommands implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly workers?: WorkerCommands;

  constructor(
    private readonly updater: ModelUpdater,
    private readonly registry: ModelRegistry,
    private readonly shadows: ShadowScorer,
    @Inject(environmentConfig.KEY) { webConcurrency }: Pick<Environment, 'webConcurrency'>,
  ) {
    // The primary of a process manager such as PM2 would not answer.
    if (cluster.isWorker && webConcurrency > 1) {
      this.workers = new WorkerCommands((command) => this.run(command));
    }
  }

  /** Before the port opens, a worker that replaces another catches up with what that one was told. */
  async onApplicationBootstrap(): Promise<void> {
    const commands = (await this.workers?.history()) ?? [];
    // All at once: whatever arrives meanwhile has its turn after them.
    await Promise.all(commands.map((command) => this.run(command)));
  }

  onModuleDestroy(): void {
    this.workers?.end();
  }

  /** Whether there may be other processes. */
  get hasWorkers(): boolean {
    return this.workers !== undefined;
  }

  /** In every process; one outcome for each that answers. */
  async runEverywhere(command: ModelCommand): Promise<readonly CommandOutcome[]> {
    return this.workers?.ask(command) ?? [await this.run(command)];
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
