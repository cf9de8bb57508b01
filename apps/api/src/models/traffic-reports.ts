import { Injectable } from '@nestjs/common';
import { ModelRegistry, type ServedModel, type TrafficSnapshot } from '@inferserve/inference';
import { ModelCommands } from './model-commands';
import { servedAs } from './served-as';

/** Other processes are asked no more often than this. */
const CACHE_MS = 1_000;

type Reports = ReadonlyMap<ServedModel, TrafficSnapshot>;

/** How the traffic of the models compares with their baselines, over all processes that share the port. */
@Injectable()
export class TrafficReports {
  private asked?: { readonly at: number; readonly answer: Promise<Reports> };

  constructor(
    private readonly registry: ModelRegistry,
    private readonly commands: ModelCommands,
  ) {}

  /** By model; those without a baseline are not in it. */
  read(): Promise<Reports> {
    if (!this.commands.hasWorkers) return this.ask();
    const now = performance.now();
    if (!this.asked || now - this.asked.at >= CACHE_MS) {
      this.asked = { at: now, answer: this.ask() };
    }
    return this.asked.answer;
  }

  private async ask(): Promise<Reports> {
    const models = this.registry.list().filter(({ traffic }) => traffic !== undefined);
    if (models.length === 0) return new Map();
    const { answers } = await this.commands.runEverywhere({ do: 'traffic' });
    return new Map(
      models.map((model) => {
        const name = servedAs(model);
        // A process that serves something else under this name has nothing to add.
        const counts = answers.flatMap(
          ({ traffic = [] }) => traffic.find((each) => each.model === name)?.counts ?? [],
        );
        return [model, model.traffic!.snapshot(counts)];
      }),
    );
  }
}
