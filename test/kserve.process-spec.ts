import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import type { ServingRuntime } from './deploy/kserve-rules';
import { freePort } from './support/free-port';

const ROW = [5.1, 3.5, 1.4, 0.2];

/** What KServe makes of the runtime for a service called "flowers", but for the port and the folder. */
test('the KServe runtime serves a scikit-learn file by the name of its service, in protocols v1 and v2', async () => {
  const { spec } = parse(readFileSync('deploy/kserve/runtime.yaml', 'utf8')) as ServingRuntime;
  const { command, args = [], env = [] } = spec.containers[0]!;
  expect(command).toEqual(['inferserve']);
  const folder = mkdtempSync(join(tmpdir(), 'inferserve-kserve-'));
  copyFileSync('test/reference/models/iris-dataframe.sk191.joblib', join(folder, 'model.joblib'));
  const port = await freePort();
  const filled = args.map((arg) =>
    arg.replace('/mnt/models', folder).replace('{{.Name}}', 'flowers'),
  );
  const child = spawn(process.execPath, ['apps/cli/bin/inferserve.js', ...filled], {
    env: {
      // oxlint-disable-next-line node/no-process-env -- only PATH is passed on
      PATH: process.env['PATH'],
      ...Object.fromEntries(env.map(({ name, value }) => [name, value])),
      PORT: String(port),
      SHUTDOWN_DELAY_SECONDS: '0',
    },
    stdio: 'ignore',
  });
  try {
    const url = `http://127.0.0.1:${port}`;
    const post = async (path: string, body: object): Promise<unknown> => {
      const answer = await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return answer.json();
    };
    for (let i = 0; i < 150; i++) {
      if (child.exitCode !== null) break;
      if (
        await fetch(`${url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        break;
      await sleep(100);
    }
    // More than the limit that the server has by default: the runtime switches it off.
    for (let i = 0; i < 12; i++) {
      expect(await post('/v1/models/flowers:predict', { instances: [ROW] })).toEqual({
        predictions: [expect.anything()],
      });
    }
    const names = ['sepal length', 'sepal width', 'petal length', 'petal width'];
    const inputs = names.map((name, i) => ({
      name: `${name} (cm)`,
      shape: [1],
      datatype: 'FP64',
      data: [ROW[i]],
    }));
    expect(await post('/v2/models/flowers/infer', { inputs })).toMatchObject({
      model_name: 'flowers',
      outputs: [{ name: 'predict', data: ['setosa'] }, {}],
    });
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true });
  }
});
