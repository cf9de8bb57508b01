import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
const MAIN = join(ROOT, 'dist/inferserve.js');

// The cross-validation alone fits fifty models.
describe('inferserve train, as built', () => {
  it('makes the committed artifact and picture again, byte for byte', () => {
    const directory = mkdtempSync(join(tmpdir(), 'train-'));
    try {
      const run = spawnSync(
        process.execPath,
        [MAIN, 'train', '--artifacts-dir', directory, '--images-dir', directory],
        { cwd: ROOT, encoding: 'utf8' },
      );
      expect(run.stderr).toBe('');
      expect(run.status).toBe(0);
      expect(run.stdout).toContain('accuracy                           1.00        30');
      for (const [made, committed] of [
        ['iris/1/model.json', 'artifacts/iris/1/model.json'],
        ['confusion_matrix.png', 'images/confusion_matrix.png'],
      ] as const) {
        const bytes = readFileSync(join(ROOT, committed));
        expect(readFileSync(join(directory, made)).equals(bytes)).toBe(true);
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  }, 120_000);
});
