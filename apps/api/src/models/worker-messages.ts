import type { CommandOutcome, ModelCommand } from './model-command';

/** What a worker tells the primary, one of these at a time; `id` relates a question and its answer. */
export interface ToPrimary {
  readonly id: number;
  /** A command for all workers. */
  readonly modelOrder?: ModelCommand;
  /** What came of a command in this worker. */
  readonly modelOutcome?: CommandOutcome;
  /** Asks for the commands that were carried out before this worker started. */
  readonly modelHistory?: true;
}

/** What the primary tells a worker. */
export interface ToWorker {
  readonly id: number;
  /** A command to carry out. */
  readonly modelOrder?: ModelCommand;
  /** What came, in all workers, of the command that this one passed on. */
  readonly modelOutcomes?: readonly CommandOutcome[];
  readonly modelHistory?: readonly ModelCommand[];
}
