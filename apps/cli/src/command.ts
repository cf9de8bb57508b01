/** One subcommand of `inferserve`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The text of `inferserve <name> --help`. */
  readonly help: string;
  /** Returns the exit code; throws `CommandError` for what the user can mend. */
  run(args: readonly string[]): number | Promise<number>;
}
