import { Command, CommanderError } from 'commander';
import { ArtifactError } from '@inferserve/model';
import { ModelStoreError } from '@inferserve/model-store';
import { CommandError } from './command.error';
import { loadCommands } from './commands/load-commands';
import { packageVersion } from './files/package-version';
import { printable } from './terminal/printable';
import type { Terminal } from './terminal/terminal';

/**
 * Runs the command line `inferserve <args>`.
 * @returns the exit code: 0 done, 1 failed, 2 invalid arguments
 * @throws what is a defect of the program
 */
export async function inferserve(
  args: readonly string[],
  terminal: Terminal,
  commands: readonly Command[] = loadCommands(args, terminal),
): Promise<number> {
  try {
    await createProgram(terminal, commands).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed its message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!isForTheUser(error)) throw error;
    terminal.stderr.write(printable(`inferserve: ${error.message}\n`));
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

function createProgram({ stdout, stderr }: Terminal, commands: readonly Command[]): Command {
  const program = new Command('inferserve')
    .description('Serves, converts, checks and scores trained tabular models.')
    .version(packageVersion(), '-V, --version', 'print the version of inferserve')
    .helpOption('-h, --help', 'show this text')
    .helpCommand('help [command]', 'show the help of a command')
    // An option behind the name of a command is that command's: --version is one of "train" and "import".
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(asOneLine(text)),
    });
  for (const command of commands) {
    program.addCommand(inheriting(command, program));
  }
  return program;
}

/** Settings of a command are copied when it is added, so one that was added before has to get them too. */
function inheriting(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const nested of command.commands) inheriting(nested, command);
  return command;
}

/** `error: unknown option '--chek'\n(Did you mean --check?)` as one line in the form of all other errors. */
function asOneLine(text: string): string {
  const message = text
    .trim()
    .replace(/^error: /, '')
    .replaceAll('\n', ' ');
  return `inferserve: ${message}${/[.?)]$/.test(message) ? '' : '.'} See --help.\n`;
}

function isForTheUser(error: unknown): error is CommandError | ArtifactError | ModelStoreError {
  return (
    error instanceof CommandError ||
    error instanceof ArtifactError ||
    error instanceof ModelStoreError
  );
}
