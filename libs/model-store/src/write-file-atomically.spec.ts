import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import fsPromises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomically } from './write-file-atomically';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'atomically-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('writeFileAtomically', () => {
  it('makes the directories and leaves nothing else there', async () => {
    const path = join(directory, 'a/b/file');
    await writeFileAtomically(path, new Uint8Array([0, 255]));
    expect([...readFileSync(path)]).toEqual([0, 255]);
    expect(readdirSync(join(directory, 'a/b'))).toEqual(['file']);
  });

  it('puts another file in place of the old one, which open readers keep', async () => {
    const path = join(directory, 'file');
    writeFileSync(path, 'old');
    const { ino } = statSync(path);
    await writeFileAtomically(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).ino).not.toBe(ino);
  });

  it('replaces nothing when it is to be a new file', async () => {
    const path = join(directory, 'file');
    await writeFileAtomically(path, 'first', { exclusive: true });
    await expect(writeFileAtomically(path, 'second', { exclusive: true })).rejects.toMatchObject({
      code: 'EEXIST',
    });
    expect(readFileSync(path, 'utf8')).toBe('first');
    expect(readdirSync(directory)).toEqual(['file']);
  });

  it('replaces nothing on a file system without hard links either', async () => {
    const unsupported = Object.assign(new Error('EPERM'), { code: 'EPERM' });
    const link = jest.spyOn(fsPromises, 'link').mockRejectedValue(unsupported);
    const path = join(directory, 'file');
    await writeFileAtomically(path, 'first', { exclusive: true });
    await expect(writeFileAtomically(path, 'second', { exclusive: true })).rejects.toMatchObject({
      code: 'EEXIST',
    });
    expect(link).toHaveBeenCalledTimes(2);
    expect(readFileSync(path, 'utf8')).toBe('first');
    expect(readdirSync(directory)).toEqual(['file']);
    link.mockRestore();
  });

  it('leaves no temporary file where the name cannot be taken', async () => {
    const path = join(directory, 'taken');
    mkdirSync(join(path, 'below'), { recursive: true });
    await expect(writeFileAtomically(path, 'text')).rejects.toThrow(/EISDIR|ENOTEMPTY/);
    expect(readdirSync(directory)).toEqual(['taken']);
  });

  it('leaves no directory where nothing could be written into it', async () => {
    const path = join(directory, 'new', 'n'.repeat(256));
    await expect(writeFileAtomically(path, 'text')).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
    expect(readdirSync(directory)).toEqual([]);
  });

  it('writes a name as long as the file system allows', async () => {
    const path = join(directory, 'n'.repeat(255));
    await writeFileAtomically(path, 'text');
    expect(readFileSync(path, 'utf8')).toBe('text');
  });
});
