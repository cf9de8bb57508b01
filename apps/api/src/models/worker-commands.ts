import type { CommandOutcome, ModelCommand } from './model-command';
import type { ToPrimary, ToWorker } from './worker-messages';

/** In a worker: passes commands on to all workers, and carries out what the primary passes on. */
export class WorkerCommands {
  private readonly waiting = new Map<number, (answer: ToWorker) => void>();
  private lastId = 0;
  private readonly receive = (message: Partial<ToWorker>): void => {
    const { modelOrder, id = 0 } = message ?? {};
    if (modelOrder !== undefined) {
      void this.run(modelOrder).then((modelOutcome) => tell({ modelOutcome, id }));
    } else if (message?.modelOutcomes ?? message?.modelHistory) {
      this.waiting.get(id)?.({ ...message, id });
      this.waiting.delete(id);
    }
  };

  constructor(private readonly run: (command: ModelCommand) => Promise<CommandOutcome>) {
    process.on('message', this.receive);
  }

  /** What came of a command in all workers. */
  async ask(command: ModelCommand): Promise<readonly CommandOutcome[]> {
    const { modelOutcomes = [] } = await this.answerTo({ modelOrder: command });
    return modelOutcomes;
  }

  /** The commands that the workers carried out before this one started. */
  async history(): Promise<readonly ModelCommand[]> {
    const { modelHistory = [] } = await this.answerTo({ modelHistory: true });
    return modelHistory;
  }

  end(): void {
    process.off('message', this.receive);
  }

  private answerTo(question: Omit<ToPrimary, 'id'>): Promise<ToWorker> {
    return new Promise((resolve) => {
      const id = (this.lastId += 1);
      this.waiting.set(id, resolve);
      tell({ ...question, id });
    });
  }
}

function tell(message: ToPrimary): void {
  process.send?.(message);
}
