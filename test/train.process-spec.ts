import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArtifact } from '@inferserve/model';

const ROOT = resolve(__dirname, '..');
const MAIN = join(ROOT, 'dist/inferserve.js');

function inferserve(...args: string[]) {
  if (!existsSync(MAIN)) throw new Error('dist is missing: run "npm run build" first');
  return spawnSync(process.execPath, [MAIN, ...args], { cwd: ROOT, encoding: 'utf8' });
}

describe('inferserve train, as built', () => {
  it.each([[['--chek']], [['--version', '../up']], [['more']]])('ends with 2 for %j', (args) => {
    const run = inferserve('train', ...args);
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(/^inferserve: .+\n$/);
    expect(run.stdout).toBe('');
  });

  it('explains itself', () => {
    const run = inferserve('train', '--help');
    expect(run.status).toBe(0);
    for (const option of ['--artifacts-dir', '--images-dir', '--version', '--check', '--help']) {
      expect(run.stdout).toContain(option);
    }
  });
});

describe('the committed Iris artifact', () => {
  const artifact = parseArtifact(readFileSync(join(ROOT, 'artifacts/iris/1/model.json'), 'utf8'));

  // From a study of the same settings with other shuffles: accuracy 0.956, log-loss 0.102.
  it('has the cross-validated figures that are known of its settings', () => {
    const { n, accuracy, logLoss } = artifact.metrics!['crossValidation']!;
    expect(n).toBe(1500);
    expect(Math.abs(accuracy! - 0.956)).toBeLessThan(0.005);
    expect(Math.abs(logLoss! - 0.102)).toBeLessThan(0.005);
  });

  it('has every test row right', () => {
    expect(artifact.metrics!['test']!.confusionMatrix).toEqual([
      [10, 0, 0],
      [0, 9, 0],
      [0, 0, 11],
    ]);
  });
});
