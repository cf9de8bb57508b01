import { Command } from 'commander';
import { CommandError } from '../command.error';
import type { Terminal } from '../terminal/terminal';
import { COMMAND_TABLE, type CommandEntry } from './command-table';

/**
 * Every command; the one that these arguments run or ask help for in full, the others as the help lists them.
 * @param table what there is to load
 */
export function loadCommands(
  args: readonly string[],
  terminal: Terminal,
  table: readonly CommandEntry[] = COMMAND_TABLE,
): readonly Command[] {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'));
  const meant = first === 'help' ? second : first;
  return table.map((entry) => {
    const { name, summary } = entry;
    const command = name === meant ? load(entry, terminal) : new Command(name);
    return command.summary(summary);
  });
}

function load(entry: CommandEntry, terminal: Terminal): Command {
  try {
    return entry.load(terminal);
  } catch (cause) {
    const missing = missingPackage(cause);
    if (missing === undefined) throw cause;
    return new Command(entry.name)
      .allowUnknownOption()
      .argument('[arguments...]')
      .action(() => {
        throw new CommandError(
          `"${entry.name}" needs the package ${missing}, which is installed for development only. ` +
            'Run it in a checkout of the project, after "npm ci".',
          1,
          { cause },
        );
      });
  }
}

/** The package that an import did not find; `undefined` for any other fault, a missing file of ours included. */
function missingPackage(error: unknown): string | undefined {
  if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') return undefined;
  const [, specifier = '.'] = /Cannot find module '([^']+)'/.exec((error as Error).message) ?? [];
  return /^(?:@[^/]+\/)?[^./][^/]*/.exec(specifier)?.[0];
}
