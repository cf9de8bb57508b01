import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';

const IRIS = join(__dirname, '../../../../artifacts/iris');

let directory: string;
let terminal: RecordingTerminal;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'verify-command-'));
  cpSync(IRIS, join(directory, 'iris'), { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true }));

async function verify(...args: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  return inferserve(['verify', ...args, '--artifacts-dir', directory], terminal);
}
const model = () => join(directory, 'iris/1/model.json');

describe('inferserve verify', () => {
  it('checks an artifact', async () => {
    expect(await verify(model())).toBe(0);
    expect(terminal.out).toMatch(/model\s+iris 1\n/);
    expect(terminal.out).toMatch(/hash\s+sha256:[0-9a-f]{64} matches\n/);
    expect(terminal.out).toMatch(/result\s+valid\n/);
  });

  it.each([
    ['the folder of a version', () => join(directory, 'iris/1')],
    ['the folder of a model', () => join(directory, 'iris')],
    ['a name', () => 'iris'],
    ['a name and a version', () => 'iris@1'],
  ])('takes %s', async (_, argument) => {
    expect(await verify(argument(), '--json')).toBe(0);
    expect(JSON.parse(terminal.out)).toMatchObject({ name: 'iris', version: '1', path: model() });
  });

  it('fails for one that was changed', async () => {
    writeFileSync(model(), readFileSync(model(), 'utf8').replace('"setosa"', '"setosb"'));
    expect(await verify('iris')).toBe(1);
    expect(terminal.err).toMatch(/^inferserve: .*model\.json: /);
    expect(terminal.out).toBe('');
  });

  it.each([
    ['irsi', /irsi is neither a file nor a model in \//],
    ['missing.json', /missing\.json is neither a file nor a model/],
    ['iris@9', /iris\/9\/model\.json: cannot be read.*Versions there: 1\./],
    ['no/such/file', /no\/such\/file: cannot be read \(ENOENT/],
  ])('says that there is no %s', async (argument, message) => {
    expect(await verify(argument)).toBe(1);
    expect(terminal.err).toMatch(message);
  });

  it('ends with 2 for invalid arguments', async () => {
    expect(await verify()).toBe(2);
    expect(await verify('a', 'b')).toBe(2);
  });
});
