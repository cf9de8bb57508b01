import type { Round } from '../workers/messages';
import { WorkerGroup } from '../workers/worker-group';
import { CommandHistory } from './command-history';
import type { CommandOutcome, ModelCommand } from './model-command';

const MAX_WAIT_MS = 30_000;

/**
 * In the primary: passes commands about models on to all workers, and brings a worker that starts later to where the
 * others are.
 */
export class ModelCommandRelay extends WorkerGroup<ModelCommand, CommandOutcome> {
  private readonly history = new CommandHistory();
  /** Those that some workers have not carried out yet, in order. */
  private readonly running = new Set<ModelCommand>();

  constructor() {
    super('models', MAX_WAIT_MS);
  }

  override async ask(command: ModelCommand): Promise<Round<CommandOutcome>> {
    this.running.add(command);
    const round = await super.ask(command);
    this.running.delete(command);
    if (round.silent > 0 || round.answers.some(({ isDone }) => isDone)) this.history.add(command);
    return round;
  }

  protected override missed(): readonly ModelCommand[] {
    return [...this.history.list(), ...this.running];
  }
}
