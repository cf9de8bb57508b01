import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/free-port';
import { describeWithEngine, run, Stack, succeeded } from './stack';

const [{ input, probabilities }] = JSON.parse(
  readFileSync('examples/churn/answers.json', 'utf8'),
) as [{ input: object; probabilities: Record<string, number> }];

describeWithEngine('docker run IMAGE serve', () => {
  const containers: string[] = [];
  let stack: Stack;
  let image: string;
  // Readable for the user of the container.
  const folder = mkdtempSync(join(tmpdir(), 'serve-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'model'));
  copyFileSync('examples/churn/churn.joblib', join(folder, 'churn.joblib'));
  copyFileSync('examples/churn/churn.joblib', join(folder, 'model/churn.joblib'));

  beforeAll(async () => {
    stack = await Stack.of({ REDIS_PASSWORD: 'unused' });
    await succeeded(stack.compose('build', 'api'));
    image = `${stack.project}-api`;
  }, 600_000);

  afterAll(async () => {
    if (containers.length > 0) await run('docker', 'rm', '--force', ...containers);
    await stack.down();
    rmSync(folder, { recursive: true });
  }, 120_000);

  test.each([
    ['a model file', `${folder}/churn.joblib:/churn.joblib:ro`, ['serve', '/churn.joblib']],
    ['what SageMaker mounts', `${folder}/model:/opt/ml/model:ro`, ['serve']],
  ])(
    '%s',
    async (_, volume, command) => {
      const port = await freePort();
      const name = `${image}-${port}`;
      containers.push(name);
      const options = ['--detach', '--name', name, '--publish', `${port}:8000`, '--volume', volume];
      await succeeded(run('docker', 'run', ...options, image, ...command));
      const url = `http://127.0.0.1:${port}`;
      for (let attempt = 0; attempt < 150; attempt++) {
        if (
          await fetch(`${url}/health/live`).then(
            ({ ok }) => ok,
            () => false,
          )
        )
          break;
        await sleep(200);
      }
      const answer = await fetch(`${url}/predict?include=probabilities`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      const given = (await answer.json()) as { probabilities: Record<string, number> };
      for (const [label, share] of Object.entries(probabilities)) {
        expect(Math.abs(given.probabilities[label]! - share)).toBeLessThanOrEqual(1e-12 * share);
      }
      await succeeded(run('docker', 'stop', '--time', '20', name));
      const exit = await succeeded(
        run('docker', 'inspect', '--format', '{{.State.ExitCode}}', name),
      );
      expect(exit).toBe('0');
    },
    120_000,
  );

  test('a file that cannot be served ends the container with the reason', async () => {
    const name = `${image}-refused`;
    containers.push(name);
    const options = ['--name', name, '--volume', `${folder}/churn.joblib:/churn.joblib:ro`];
    const command = ['serve', '/churn.joblib', '--select', 'nothing'];
    const { output } = await run('docker', 'run', ...options, image, ...command);
    const exit = await succeeded(run('docker', 'inspect', '--format', '{{.State.ExitCode}}', name));
    expect(exit).toBe('1');
    expect(output).toContain('holds no model at "nothing"');
  }, 60_000);
});
