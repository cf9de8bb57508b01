import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../command.error';
import { checkFiles, writeFiles } from './generated-files';

describe('generated files', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'generated-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const file = (name: string, text: string) => ({
    path: join(directory, name),
    content: Buffer.from(text),
  });

  it('are written with their directories, and nothing else is left there', async () => {
    const wanted = file('a/b/model.json', 'new');
    expect(await writeFiles([wanted])).toEqual([`written  ${wanted.path}`]);
    expect(readFileSync(wanted.path, 'utf8')).toBe('new');
    expect(readdirSync(join(directory, 'a/b'))).toEqual(['model.json']);
  });

  it('replace others and are left alone where they are the same', async () => {
    const [changed, kept] = [file('changed', 'new'), file('kept', 'old')];
    writeFileSync(changed.path, 'old');
    writeFileSync(kept.path, 'old');
    const { ino } = statSync(kept.path);
    expect(await writeFiles([changed, kept])).toEqual([
      `written  ${changed.path}`,
      `unchanged  ${kept.path}`,
    ]);
    expect(readFileSync(changed.path, 'utf8')).toBe('new');
    expect(statSync(kept.path).ino).toBe(ino);
  });

  it('pass the check where they are the same', async () => {
    const same = file('same', 'text');
    writeFileSync(same.path, 'text');
    expect(await checkFiles([same], 'Fix it.')).toEqual([`up to date  ${same.path}`]);
  });

  it('fail the check all together where they are missing or different, and stay so', async () => {
    const wanted = [file('missing', 'x'), file('changed', 'abcd'), file('longer', 'ab')];
    writeFileSync(wanted[1]!.path, 'abXd');
    writeFileSync(wanted[2]!.path, 'abc');
    await expect(checkFiles(wanted, 'Fix it.')).rejects.toThrow(
      new CommandError(
        `${wanted[0]!.path} is missing; ${wanted[1]!.path} is different from byte 2 on; ` +
          `${wanted[2]!.path} is different from byte 2 on. Fix it.`,
      ),
    );
    expect(readdirSync(directory).sort()).toEqual(['changed', 'longer']);
  });

  it('say which path cannot be read or written', async () => {
    const instead = file('.', 'x');
    await expect(checkFiles([instead], '')).rejects.toThrow(
      `cannot read ${instead.path} (EISDIR: `,
    );
    writeFileSync(join(directory, 'file'), '');
    const below = file('file/model.json', 'x');
    await expect(writeFiles([below])).rejects.toThrow(
      new RegExp(`^cannot read ${below.path} .ENOTDIR: .+ is a file: choose another directory`),
    );
    const long = file('n'.repeat(256), 'x');
    await expect(writeFiles([long])).rejects.toThrow(`cannot read ${long.path} (ENAMETOOLONG: `);
    await expect(writeFiles([long])).rejects.toThrow(CommandError);
  });
});
