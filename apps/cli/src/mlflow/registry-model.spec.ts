import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';

const MODEL = readFileSync(resolve('test/reference/models/iris-dataframe.sk191.p5.pkl'));
const DESCRIPTION = `flavors:
  sklearn:
    pickled_model: model.pkl
    serialization_format: cloudpickle
mlflow_version: 3.4.0
`;
const ROOT = '/api/2.0';
const artifactsDir = mkdtempSync(join(tmpdir(), 'registry-'));

/** Answers as MLflow's REST API is documented to. */
let answers: Map<string, unknown>;
let asked: { readonly url: string; readonly authorization?: string }[];
let server: Server;
let tracking: string;

beforeAll(async () => {
  server = createServer(({ url, headers }, response) => {
    asked.push({ url: url!, authorization: headers.authorization });
    const answer = answers.get(url!);
    if (answer === undefined) {
      response.statusCode = 404;
      response.end('{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "not found"}');
    } else if (typeof answer === 'number') {
      response.statusCode = answer;
      response.end();
    } else {
      // In two steps, so that no header states its size.
      response.write(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
      response.end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  tracking = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
  const artifacts = `${ROOT}/mlflow-artifacts/artifacts/1/models/m-5f/artifacts`;
  const wanted = (version: string): string =>
    `${ROOT}/mlflow/model-versions/get-download-uri?name=churn+model&version=${version}`;
  answers = new Map<string, unknown>([
    [
      `${ROOT}/mlflow/registered-models/alias?name=churn+model&alias=champion`,
      { model_version: { name: 'churn model', version: '3', status: 'READY' } },
    ],
    [wanted('3'), { artifact_uri: 'mlflow-artifacts:/1/models/m-5f/artifacts' }],
    [wanted('4'), { artifact_uri: 's3://bucket/1/models/m-6a/artifacts' }],
    [wanted('5'), { unexpected: true }],
    [wanted('6'), 401],
    [wanted('7'), { artifact_uri: 'mlflow-artifacts:/1/models/m-7c' }],
    [`${ROOT}/mlflow-artifacts/artifacts/1/models/m-7c/MLmodel`, Buffer.alloc(2 ** 20 + 1, ' ')],
    [`${artifacts}/MLmodel`, Buffer.from(DESCRIPTION)],
    [`${artifacts}/model.pkl`, MODEL],
  ]);
});
afterAll(() => {
  server.close();
  rmSync(artifactsDir, { recursive: true });
});

let terminal: RecordingTerminal;
async function run(uri: string, ...options: readonly string[]): Promise<number> {
  terminal = new RecordingTerminal();
  const args = ['import', uri, '--name', 'churn', '--artifacts-dir', artifactsDir, '--force'];
  return inferserve([...args, ...options], terminal);
}

describe('inferserve import models:/…', () => {
  it.each(['models:/churn model/3', 'models:/churn model@champion'])('gets %s', async (uri) => {
    expect([await run(uri, '--tracking-uri', `${tracking}/`), terminal.err]).toEqual([0, '']);
    expect(terminal.out).toContain('setosa');
    // Nothing stays of what was downloaded.
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith('inferserve-registry-'));
    expect(left).toEqual([]);
  });

  it.each([
    [['--tracking-token', 'secret'], 'Bearer secret'],
    [
      ['--tracking-username', 'ann', '--tracking-password', 'secret'],
      `Basic ${Buffer.from('ann:secret').toString('base64')}`,
    ],
    [[], undefined],
  ])('logs in with %j at every route', async (options, authorization) => {
    expect(await run('models:/churn model@champion', '--tracking-uri', tracking, ...options)).toBe(
      0,
    );
    expect(asked.map((each) => each.authorization)).toEqual(Array(4).fill(authorization));
  });

  it('logs in with what the address holds, and does not show it', async () => {
    const address = tracking.replace('://', '://ann:s%40cret@');
    expect(await run('models:/churn model/6', '--tracking-uri', address)).toBe(1);
    expect(asked[0]!.authorization).toBe(`Basic ${Buffer.from('ann:s@cret').toString('base64')}`);
    expect(terminal.err).toMatch(/answers with 401\. Set MLFLOW_TRACKING_TOKEN/);
    expect(terminal.err).not.toMatch(/cret/);
  });

  it.each([
    ['models:/churn model/4', /outside of the MLflow server \(s3:\).*mlflow artifacts download/],
    ['models:/churn model/5', /does not answer as MLflow does/],
    ['models:/churn model/7', /MLmodel has more than 1 MiB/],
    ['models:/churn model/9', /answers with 404\. Check the name/],
    ['models:/churn model@challenger', /answers with 404\. Check the name/],
  ])('refuses %s', async (uri, expected) => {
    expect(await run(uri, '--tracking-uri', tracking)).toBe(1);
    expect(terminal.err).toMatch(expected);
  });

  it.each([
    ['models:/churn', [], /names no registered model/],
    ['models:/churn/1', [], /needs --tracking-uri or MLFLOW_TRACKING_URI/],
    ['models:/churn/1', ['--tracking-uri', 'file:///tmp/mlruns'], /the http or https address/],
  ])('ends with 2 for %s and %j', async (uri, options, expected) => {
    expect(await run(uri, ...options)).toBe(2);
    expect(terminal.err).toMatch(expected);
  });

  it('says where no server answers', async () => {
    expect(await run('models:/churn/1', '--tracking-uri', 'http://127.0.0.1:9')).toBe(1);
    expect(terminal.err).toMatch(/cannot download http:\/\/127\.0\.0\.1:9\/api.*Check the address/);
  });
});
