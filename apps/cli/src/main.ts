import { ArtifactError } from '@inferserve/model';
import type { Command } from './command';
import { CommandError } from './command.error';
import { exportSnippetCommand } from './commands/export-snippet.command';
import { importCommand } from './commands/import.command';
import { inspectCommand } from './commands/inspect.command';
import { trainCommand } from './commands/train.command';
import { verifyCommand } from './commands/verify.command';

const COMMANDS: readonly Command[] = [
  trainCommand,
  importCommand,
  inspectCommand,
  verifyCommand,
  exportSnippetCommand,
];

const USAGE = `Usage: inferserve <command> [options]

Commands:
${COMMANDS.map((command) => `  ${command.name.padEnd(16)}${command.summary}`).join('\n')}

inferserve <command> --help says more.
`;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(USAGE);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    throw new CommandError(`"${name}" is not a command.\n\n${USAGE}`, 2);
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(command.help);
    return 0;
  }
  return command.run(args);
}

function report(error: unknown): number {
  if (error instanceof CommandError || error instanceof ArtifactError) {
    process.stderr.write(`inferserve: ${error.message}\n`);
    return error instanceof CommandError ? error.exitCode : 1;
  }
  if (
    error instanceof TypeError &&
    'code' in error &&
    `${error.code}`.startsWith('ERR_PARSE_ARGS')
  ) {
    process.stderr.write(`inferserve: ${error.message} (see --help)\n`);
    return 2;
  }
  throw error;
}

void main(process.argv.slice(2))
  .catch(report)
  .then((code) => {
    process.exitCode = code;
  });
