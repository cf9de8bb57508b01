import { Command } from 'commander';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';
import type { CommandEntry } from './command-table';
import { loadCommands } from './load-commands';

let loaded: string[];
beforeEach(() => (loaded = []));

function entry(name: string, fault?: Error): CommandEntry {
  return {
    name,
    summary: `does ${name}`,
    load: () => {
      loaded.push(name);
      if (fault) throw fault;
      return new Command(name).action(() => undefined);
    },
  };
}

function notFound(module: string): Error {
  const message = `Cannot find module '${module}'\nRequire stack:\n- /x.js`;
  return Object.assign(new Error(message), { code: 'MODULE_NOT_FOUND' });
}

describe('loadCommands', () => {
  it.each([
    [['b', 'a'], ['b']],
    [['help', 'a'], ['a']],
    [['--help'], []],
    [['b', '--help'], ['b']],
    [[], []],
  ])('of %j loads %j and lists all', (args, expected) => {
    const commands = loadCommands(args, new RecordingTerminal(), [entry('a'), entry('b')]);
    expect(loaded).toEqual(expected);
    expect(commands.map((command) => command.summary())).toEqual(['does a', 'does b']);
  });

  it.each([
    ['ml-matrix', 'ml-matrix'],
    ['ml-logistic-regression/package.json', 'ml-logistic-regression'],
    ['@resvg/resvg-js/index.js', '@resvg/resvg-js'],
  ])('says that a package is missing where %s cannot be found', async (module, name) => {
    const terminal = new RecordingTerminal();
    const commands = loadCommands(['a', '--x', 'y'], terminal, [entry('a', notFound(module))]);
    expect(await inferserve(['a', '--x', 'y'], terminal, commands)).toBe(1);
    expect(terminal.err).toBe(
      `inferserve: "a" needs the package ${name}, which is installed for development only. ` +
        'Run it in a checkout of the project, after "npm ci".\n',
    );
  });

  it.each([notFound('../own-file'), new Error('defect')])('passes on a defect: %s', (fault) => {
    expect(() => loadCommands(['a'], new RecordingTerminal(), [entry('a', fault)])).toThrow(fault);
  });
});
