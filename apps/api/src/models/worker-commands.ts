import cluster, { type Worker } from 'node:cluster';
import type { CommandOutcome, ModelCommand } from './model-command';

/** A worker that does not answer sooner, or dies, is left out. */
const MAX_WAIT_MS = 30_000;

/** From the worker that is asked to the primary, and from there to every worker. */
interface Order {
  readonly modelOrder: ModelCommand;
  readonly id: number;
}
/** From each worker to the primary. */
interface Outcome {
  readonly modelOutcome: CommandOutcome;
  readonly id: number;
}
/** From the primary to the worker that asked. */
interface Outcomes {
  readonly modelOutcomes: readonly CommandOutcome[];
  readonly id: number;
}

/** In a worker: passes commands on to all workers, and carries out what the primary passes on. */
export class WorkerCommands {
  private readonly waiting = new Map<number, (outcomes: readonly CommandOutcome[]) => void>();
  private lastId = 0;
  private readonly receive = (message: Partial<Order & Outcomes>): void => {
    const { modelOrder, modelOutcomes, id } = message ?? {};
    if (modelOrder !== undefined) {
      void this.run(modelOrder).then((modelOutcome) =>
        process.send?.({ modelOutcome, id: id! } satisfies Outcome),
      );
    }
    if (modelOutcomes !== undefined) {
      this.waiting.get(id!)?.(modelOutcomes);
      this.waiting.delete(id!);
    }
  };

  constructor(private readonly run: (command: ModelCommand) => Promise<CommandOutcome>) {
    process.on('message', this.receive);
  }

  /** What came of a command in all workers. */
  ask(command: ModelCommand): Promise<readonly CommandOutcome[]> {
    return new Promise((resolve) => {
      this.lastId += 1;
      this.waiting.set(this.lastId, resolve);
      process.send?.({ modelOrder: command, id: this.lastId } satisfies Order);
    });
  }

  end(): void {
    process.off('message', this.receive);
  }
}

/** In the primary: passes commands of one worker on to all, and SIGHUP as a command to update. */
export function relayModelCommands(): void {
  const collecting = new Map<number, (outcome: CommandOutcome) => void>();
  let lastId = 0;

  const askAll = (command: ModelCommand): Promise<readonly CommandOutcome[]> =>
    new Promise((resolve) => {
      const workers = Object.values(cluster.workers ?? {}).filter((worker) =>
        worker?.isConnected(),
      );
      const outcomes: CommandOutcome[] = [];
      const id = (lastId += 1);
      const end = (): void => {
        clearTimeout(timer);
        collecting.delete(id);
        resolve(outcomes);
      };
      const timer = setTimeout(end, MAX_WAIT_MS);
      collecting.set(id, (outcome) => {
        if (outcomes.push(outcome) >= workers.length) end();
      });
      for (const worker of workers) worker?.send({ modelOrder: command, id } satisfies Order);
    });

  cluster.on('message', (worker: Worker, message: Partial<Order & Outcome>) => {
    const { modelOrder, modelOutcome, id } = message ?? {};
    if (modelOutcome !== undefined) collecting.get(id!)?.(modelOutcome);
    if (modelOrder === undefined) return;
    void askAll(modelOrder).then((modelOutcomes) => {
      if (worker.isConnected()) worker.send({ modelOutcomes, id: id! } satisfies Outcomes);
    });
  });
  if (!process.stdin.isTTY) process.on('SIGHUP', () => void askAll({ do: 'update' }));
}
