import type { Artifact } from '@inferserve/model';
import type { Redis } from 'ioredis';
import type { Test } from 'supertest';
import { ModelFolder } from './model-folder';
import { irisReference, irisReferenceArtifact } from './reference-models';
import { type Api, startApi } from './start-api';

const { X, predict, targetNames } = irisReference();
const NAMES = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];

/** The rows of Iris as lists and as objects, and what scikit-learn predicts for them. */
export const IRIS = {
  names: NAMES,
  rows: X,
  records: X.map((row) => Object.fromEntries(row.map((value, j) => [NAMES[j], value]))),
  labels: predict.map((k) => targetNames[k]!),
};

/** Rows of Iris as a request of the Open Inference Protocol. */
export function irisTensor(data: unknown, datatype = 'FP64', count = 1): object {
  return { inputs: [{ name: 'input-0', shape: [count, 4], datatype, data }] };
}

interface StartOptions {
  readonly artifact?: Artifact;
  readonly redis?: Redis;
}

/** The application with the reference model of Iris, started by a test and ended after it. */
export class ReferenceServer {
  readonly folder = new ModelFolder();
  private started?: Api;

  constructor(private readonly variables: Readonly<Record<string, string>> = {}) {
    afterEach(() => this.started?.close());
    afterAll(() => this.folder.remove());
  }

  get api(): Api {
    return this.started!;
  }

  async start(
    variables: Readonly<Record<string, string>> = {},
    { artifact = irisReferenceArtifact(), redis }: StartOptions = {},
  ): Promise<void> {
    const model = this.folder.put(artifact);
    const all = { RATE_LIMIT: '1000', ...this.variables, ...model, ...variables };
    this.started = await startApi(all, redis);
  }

  post(path: string, body: object | string, headers: Readonly<Record<string, string>> = {}): Test {
    return this.api
      .http()
      .post(path)
      .set({ 'content-type': 'application/json', ...headers })
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  }

  infer(body: object | string, headers?: Readonly<Record<string, string>>): Test {
    return this.post('/v2/models/reference/infer', body, headers);
  }
}
