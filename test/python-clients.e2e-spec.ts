import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { type Api, startApi } from './support/start-api';

const run = promisify(execFile);

/** A test that is skipped, and so listed, where Python cannot import a client. */
function testWith(module: string): typeof test {
  const { status } = spawnSync('python3', ['-c', `import ${module}`], { timeout: 20_000 });
  return status === 0 ? test : (test.skip as typeof test);
}

let api: Api;
beforeAll(async () => {
  api = await startApi({ RATE_LIMIT: '1000', PROTOCOLS: 'native,v2,v1,mlflow' });
});
afterAll(() => api.close());

const report = async (script: string): Promise<unknown> => {
  const { stdout } = await run('python3', [`test/clients/${script}`, api.url], { timeout: 25_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
};

/** What scikit-learn answers to the two rows that both scripts send. */
const labels = ['versicolor', 'versicolor'];

testWith('tritonclient.http')(
  "Triton's Python client (pip install tritonclient[http])",
  async () => {
    expect(await report('triton_client.py')).toEqual({
      live: true,
      ready: true,
      modelReady: true,
      unknownReady: false,
      server: expect.arrayContaining(['binary_tensor_data']),
      inputs: [{ name: 'input-0', datatype: 'FP64', shape: [-1, 4] }],
      answers: Array.from({ length: 8 }, () => ({ labels, shape: [2, 3] })),
      outputs: ['predict', 'predict_proba'],
      id: 'a-7',
      version: '1',
      gzip: [1, 1],
      deflate: [1, 1],
      error: ['400', expect.stringContaining('The model has no such output')],
    });
  },
);

testWith('kserve')("KServe's Python client (pip install kserve)", async () => {
  expect(await report('kserve_client.py')).toEqual({
    live: true,
    ready: true,
    modelReady: true,
    labels,
    id: 'b-8',
    shape: [2, 3],
    v1: labels,
    v1Ready: true,
  });
});
