import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { FolderModelStore } from './folder-model-store';

let directory: string;
let store: FolderModelStore;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'folder-store-'));
  store = new FolderModelStore(directory);
});
afterEach(() => rmSync(directory, { recursive: true }));

const at = (...parts: readonly string[]) => join(directory, ...parts);

/** A folder that holds an artifact, named by its path. */
function put(...path: readonly string[]): string {
  mkdirSync(at(...path), { recursive: true });
  writeFileSync(at(...path, 'model.json'), path.join('/'));
  return at(...path);
}

function makeFolder(...path: readonly string[]): string {
  mkdirSync(at(...path), { recursive: true });
  return at(...path);
}

async function served(name = 'iris'): Promise<string> {
  const reference = await store.resolve(name);
  return reference.version;
}

async function ignored(): Promise<Record<string, string>> {
  const listing = await store.versions('iris');
  return Object.fromEntries(listing.ignored.map(({ folder, reason }) => [folder, reason]));
}

describe('the newest version', () => {
  it.each<[served: string, folders: readonly string[], ignored: readonly string[]]>([
    ['2', ['2', '2.bak'], ['2.bak']],
    ['1.0.0', ['1.0.0', '1.0.0-rc1'], []],
    ['10', ['10', 'v2'], []],
    ['10', ['9', '10'], []],
    ['2.0', ['1', '2.0'], []],
    ['3', ['1', '3', 'backup-of-4', 'old', 'z'], ['backup-of-4', 'old', 'z']],
    ['1', ['1', '.2', '.git'], ['.2', '.git']],
    ['2026-02-01', ['2026-01-31', '2026-02-01', '2026-02-01.bak'], ['2026-02-01.bak']],
    ['1.4.2', ['1.4.2', '1.4.10-beta', '1.4.2~', '1.4.2 (copy)'], ['1.4.2 (copy)', '1.4.2~']],
  ])('is %s among %j', async (expected, folders, left) => {
    for (const folder of folders) put('iris', folder);
    expect(await served()).toBe(expected);
    expect(Object.keys(await ignored())).toEqual(left);
  });

  it('passes over folders without an artifact, such as lost+found', async () => {
    put('iris', '1');
    makeFolder('iris', 'lost+found');
    makeFolder('iris', '2');
    mkdirSync(at('iris', '3', 'model.json'), { recursive: true });
    expect(await served()).toBe('1');
    expect(await ignored()).toEqual({
      'lost+found': 'is not a version',
      2: 'holds no model.json',
      3: 'its model.json is not a file',
    });
  });

  it('does not mind files', async () => {
    put('iris', '1');
    writeFileSync(at('iris', 'README.md'), '');
    writeFileSync(at('iris', '.DS_Store'), '');
    writeFileSync(at('iris', '7'), '');
    expect(await served()).toBe('1');
    expect(await ignored()).toEqual({ 7: 'is not a folder' });
  });

  it('is found in a ConfigMap volume of Kubernetes', async () => {
    put('iris', '..2026_11_26_01_15_15.123456789', '1');
    symlinkSync('..2026_11_26_01_15_15.123456789', at('iris', '..data'));
    symlinkSync(join('..data', '1'), at('iris', '1'));
    expect(await served()).toBe('1');
    expect(await store.read(await store.resolve('iris'))).toContain('/1');
    expect(await ignored()).toEqual({
      '..2026_11_26_01_15_15.123456789': 'begins with a dot',
      '..data': 'begins with a dot',
    });
  });

  it('is found behind links to folders and to files', async () => {
    put('cache', 'ab12');
    makeFolder('iris', '2');
    symlinkSync(join('..', 'cache', 'ab12'), makeFolder('iris') && at('iris', '1'));
    symlinkSync(at('cache', 'ab12', 'model.json'), at('iris', '2', 'model.json'));
    expect((await store.versions('iris')).versions).toEqual(['1', '2']);
    expect(await store.read(await store.resolve('iris', '1'))).toBe('cache/ab12');
    expect(await store.read(await store.resolve('iris'))).toBe('cache/ab12');
  });

  it('is found where the model itself is a link', async () => {
    put('released', '4');
    symlinkSync('released', at('iris'));
    expect(await served()).toBe('4');
    expect(await store.list()).toEqual(['iris', 'released']);
  });

  it('is not a link to nothing', async () => {
    put('iris', '1');
    symlinkSync('nowhere', at('iris', '2'));
    symlinkSync(at('nowhere'), join(makeFolder('iris', '3'), 'model.json'));
    symlinkSync('4', at('iris', '4'));
    expect((await store.versions('iris')).versions).toEqual(['1', '4']);
    expect(await ignored()).toEqual({
      2: 'is a link to a folder that does not exist',
      3: 'its model.json is a link to a file that does not exist',
    });
    // A link to itself may have been anything: fail rather than serve an older model.
    await expect(store.read(await store.resolve('iris'))).rejects.toThrow(/\(ELOOP: /);
  });

  it('fails where it may not be read, instead of giving an older one', async () => {
    if (process.getuid?.() === 0) return;
    put('iris', '1');
    chmodSync(put('iris', '2'), 0);
    expect(await served()).toBe('2');
    await expect(store.read(await store.resolve('iris'))).rejects.toThrow(/EACCES.*permissions/);
    chmodSync(at('iris', '2'), 0o755);
  });
});

describe('FolderModelStore', () => {
  it('resolves a folder by its name though it is no version', async () => {
    put('iris', '1');
    put('iris', 'candidate');
    expect(await store.read(await store.resolve('iris', 'candidate'))).toBe('iris/candidate');
  });

  it('names the absolute path of what is missing, and keeps the cause', async () => {
    const elsewhere = new FolderModelStore(relative(process.cwd(), at('none')));
    await expect(elsewhere.resolve('iris')).rejects.toMatchObject({
      location: at('none', 'iris'),
      message: expect.stringContaining(`${at('none', 'iris')}: cannot be read. Set MODEL_NAME`),
    });
    await expect(elsewhere.list()).rejects.toMatchObject({
      fault: 'unreadable',
      message: expect.stringMatching(/none: cannot be read \(ENOENT: .*Set ARTIFACTS_DIR/),
      cause: expect.objectContaining({ code: 'ENOENT' }),
    });
  });

  it('says what it ignored where no version is left', async () => {
    makeFolder('iris', 'old');
    writeFileSync(at('iris', 'model.json'), '{}');
    await expect(store.resolve('iris')).rejects.toMatchObject({
      fault: 'no-version',
      message: expect.stringMatching(
        /iris: holds no version; ignored: "old" \(is not a version\)\. .*1\/model\.json/,
      ),
    });
    expect(await store.list()).toEqual([]);
  });

  it('lists folders that are models only', async () => {
    put('iris', '1');
    put('Upper', '1');
    put('.hidden', '1');
    makeFolder('empty');
    writeFileSync(at('file'), '');
    expect(await store.list()).toEqual(['iris']);
  });

  it('leaves nothing beside the artifact', async () => {
    await store.write('iris', '1', 'one');
    await store.write('iris', '1', 'two', { overwrite: true });
    expect(readdirSync(at('iris', '1'))).toEqual(['model.json']);
    expect(readFileSync(at('iris', '1', 'model.json'), 'utf8')).toBe('two');
  });

  it('replaces a link to a shared file and leaves that file alone', async () => {
    put('cache', 'ab12');
    symlinkSync(at('cache', 'ab12', 'model.json'), join(makeFolder('iris', '1'), 'model.json'));
    await store.write('iris', '1', 'new', { overwrite: true });
    expect(readFileSync(at('cache', 'ab12', 'model.json'), 'utf8')).toBe('cache/ab12');
    expect(await store.read(await store.resolve('iris'))).toBe('new');
  });

  it('lets one of several writers of the same version through', async () => {
    const texts = Array.from({ length: 8 }, (_, i) => `text ${i}`);
    const results = await Promise.allSettled(texts.map((text) => store.write('iris', '1', text)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const lost = results.filter(({ status }) => status === 'rejected');
    for (const result of lost) {
      expect(result).toMatchObject({ reason: { fault: 'already-exists' } });
    }
    expect(readdirSync(at('iris', '1'))).toEqual(['model.json']);
  });

  it('never shows half of an artifact while it is replaced', async () => {
    const texts = ['a'.repeat(300_000), 'b'.repeat(300_000)];
    await store.write('iris', '1', texts[0]!);
    const reference = await store.resolve('iris');
    const progress = { writes: 0, reads: 0 };
    const write = async () => {
      for (; progress.writes < 20; progress.writes++) {
        const text = texts[1 - (progress.writes % 2)]!;
        await store.write('iris', '1', text, { overwrite: true });
      }
    };
    const read = async () => {
      for (; progress.writes < 20; progress.reads++) {
        expect(texts).toContain(await store.read(reference));
      }
    };
    await Promise.all([write(), read()]);
    expect(progress.reads).toBeGreaterThan(5);
  });

  it('says why it cannot write and what to do', async () => {
    writeFileSync(at('iris'), '');
    await expect(store.write('iris', '1', 'text')).rejects.toThrow(/ENOTDIR.*is a file/);
    mkdirSync(at('churn', '1', 'model.json'), { recursive: true });
    await expect(store.write('churn', '1', 'text')).rejects.toMatchObject({ fault: 'unreadable' });
  });
});

describe('FolderModelStore.locate', () => {
  it('takes a file, the folder of a version or that of a model', async () => {
    put('iris', '9');
    put('iris', '10');
    const ten = { name: 'iris', version: '10', location: at('iris', '10', 'model.json') };
    expect(await FolderModelStore.locate(at('iris', '10', 'model.json'))).toEqual(ten);
    expect(await FolderModelStore.locate(at('iris', '10'))).toEqual(ten);
    expect(await FolderModelStore.locate(at('iris'))).toEqual(ten);
  });

  it('says what is not there', async () => {
    await expect(FolderModelStore.locate(at('none'))).rejects.toThrow(/ENOENT.*Check the path/);
    await expect(FolderModelStore.locate(makeFolder('iris'))).rejects.toThrow(/holds no version/);
  });
});
