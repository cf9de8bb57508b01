import { createHash } from 'node:crypto';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';

describe('inferserve key new', () => {
  let terminal: RecordingTerminal;
  const run = (...args: readonly string[]): Promise<number> => {
    terminal = new RecordingTerminal();
    return inferserve(['key', 'new', ...args], terminal);
  };

  it('prints the key and a line that holds its SHA-256 instead', async () => {
    expect(await run('mobile-app', '--limit', '1000/minute')).toBe(0);
    const [key, line, ...others] = terminal.out.split('\n').filter((text) => text.startsWith('  '));
    const sha256 = createHash('sha256').update(key!.trim()).digest('hex');
    expect(line).toBe(`  mobile-app ${sha256} 1000/minute`);
    expect(others).toEqual([]);
  });

  it('prints JSON for programs', async () => {
    expect(await run('app', '--json')).toBe(0);
    const { key, line } = JSON.parse(terminal.out) as { key: string; line: string };
    expect(line).toBe(`app ${createHash('sha256').update(key).digest('hex')}`);
  });

  it.each([
    [['two words'], /It must be up to 64 letters/],
    [['app', '--limit', '10/year'], /It must be a limit such as 1000\/minute/],
    [[], /missing required argument 'name'/],
  ])('%j is refused', async (args, message) => {
    expect(await run(...args)).toBe(2);
    expect(terminal.err).toMatch(message);
    expect(terminal.out).toBe('');
  });
});
