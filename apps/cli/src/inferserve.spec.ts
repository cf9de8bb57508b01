import { join } from 'node:path';
import { inferserve } from './inferserve';
import { RecordingTerminal } from './terminal/recording-terminal';

const { version } = jest.requireActual<{ version: string }>(
  join(__dirname, '../../../package.json'),
);
const COMMANDS = [
  'serve',
  'train',
  'import',
  'inspect',
  'verify',
  'predict',
  'key',
  'export-snippet',
  'conform',
];

let terminal: RecordingTerminal;
async function run(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  return inferserve(args, terminal);
}

describe('inferserve', () => {
  it.each([[['--help']], [['-h']], [['help']]])('lists its commands for %j', async (args) => {
    expect(await run(...args)).toBe(0);
    for (const command of COMMANDS) expect(terminal.out).toContain(`\n  ${command} `);
    expect(terminal.err).toBe('');
  });

  it.each(COMMANDS)('explains %s', async (command) => {
    expect(await run(command, '--help')).toBe(0);
    expect(terminal.out).toMatch(new RegExp(`^Usage: inferserve ${command} `));
    const explained = terminal.out;
    expect(await run('help', command)).toBe(0);
    expect(terminal.out).toBe(explained);
  });

  it('has each option of a command in its help', async () => {
    await run('import', '--help');
    for (const option of ['--name', '--version', '--scaler', '--no-scaler', '--features']) {
      expect(terminal.out).toContain(`  ${option} `);
    }
    expect(terminal.out).toContain('(default: "artifacts")');
    expect(terminal.out).toContain('Exit code: 0 imported, 1 not imported, 2 invalid arguments.');
  });

  it('prints its version', async () => {
    expect(await run('--version')).toBe(0);
    expect(terminal.out).toBe(`${version}\n`);
  });

  it('ends with 2 and its help without a command', async () => {
    expect(await run()).toBe(2);
    expect(terminal.err).toContain('Usage: inferserve ');
    expect(terminal.out).toBe('');
  });

  it('ends with 2 for a command or an option that it does not have', async () => {
    expect(await run('trian')).toBe(2);
    expect(terminal.err).toBe(
      "inferserve: unknown command 'trian' (Did you mean train?) See --help.\n",
    );
    expect(await run('--artifacts-dir', 'a', 'train')).toBe(2);
    expect(terminal.err).toMatch(/^inferserve: unknown option '--artifacts-dir'.*\n$/);
  });
});
