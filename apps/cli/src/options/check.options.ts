import type { Command } from 'commander';
import { CommandError } from '../command.error';

/** Rows with known answers that a model is measured on. */
export interface CheckOptions {
  /** Path of the table. */
  readonly check?: string;
  readonly label?: string;
}

/** Adds the options of `CheckOptions`, of every command that makes an artifact of a model; --label alone ends with exit code 2. */
export function addCheckOptions(command: Command): Command {
  return command
    .option(
      '--check <rows.csv>',
      'measure the model on rows with known classes or values, and keep the figures for its page',
    )
    .option(
      '--label <column>',
      'with --check: the column with the classes or values (default: the last)',
    )
    .hook('preAction', () => {
      const { check, label } = command.opts<CheckOptions>();
      if (label === undefined || check !== undefined) return;
      throw new CommandError('--label needs --check. Pass --check rows.csv too.', 2);
    });
}
