import { ConformanceFailure } from './conformance-failure.error';
import { ConformanceSetupError } from './conformance-setup.error';
import { ConformanceTarget } from './conformance-target';
import type { ProtocolClient } from './protocol-client';
import { DATATYPES, elementCount, type JsonTensor, type TensorDescription } from './tensors';

/** What the caller knows of the server. */
export interface TargetOptions {
  readonly model?: string;
  readonly version?: string;
  /** The inputs of a request with one row that the server answers. */
  readonly inputs?: readonly JsonTensor[];
}

/**
 * Finds the model to ask: its name, its version and a row that it answers.
 * @throws ConformanceSetupError where there is none
 */
export async function findTarget(
  client: ProtocolClient,
  options: TargetOptions = {},
): Promise<ConformanceTarget> {
  const name = options.model ?? (await firstModel(client));
  const answer = await client.send('GET', `/v2/models/${encodeURIComponent(name)}`).catch(asSetup);
  if (answer.status !== 200) {
    throw new ConformanceSetupError(
      `GET /v2/models/${name} answers ${answer.status}. Name a model that is served with --model`,
    );
  }
  const metadata = readJson(() => answer.json);
  const version = options.version ?? texts(metadata['versions'])[0];
  const inputs = options.inputs ?? descriptions(metadata['inputs']).map(sampleTensor);
  if (inputs.length === 0) {
    throw new ConformanceSetupError(
      'The metadata of the model lists no inputs. Give a request that it answers with --request',
    );
  }
  const outputs = descriptions(metadata['outputs']);
  const target = new ConformanceTarget(client, name, version, outputs, inputs);
  const trial = await target.infer(target.request());
  if (trial.status === 200) return target;
  throw new ConformanceSetupError(
    `The server answers ${trial.status} to a request made up from the metadata. Give one that it answers with --request`,
  );
}

async function firstModel(client: ProtocolClient): Promise<string> {
  const list = await client.send('GET', '/v2/models').catch(asSetup);
  if (list.status === 200) {
    const [name] = texts(readJson(() => list.json)['models']);
    if (name !== undefined) return name;
  }
  const headers = { 'Content-Type': 'application/json' };
  const index = await client.send('POST', '/v2/repository/index', Buffer.from('{}'), headers);
  if (index.status === 200) {
    const models = JSON.parse(index.bytes.toString('utf8')) as readonly {
      readonly name?: unknown;
    }[];
    const name = Array.isArray(models) ? models[0]?.name : undefined;
    if (typeof name === 'string') return name;
  }
  throw new ConformanceSetupError(
    'The server lists no models, neither at GET /v2/models nor at POST /v2/repository/index. Name one with --model',
  );
}

/** One row of a tensor, of plain values. */
function sampleTensor({ name, datatype, shape }: TensorDescription): JsonTensor {
  const sizes = shape.length === 0 ? [1] : shape.map((size) => (size < 0 ? 1 : size));
  const value = datatype === 'BYTES' ? 'a' : datatype === 'BOOL' ? true : 1;
  return { name, datatype, shape: sizes, data: Array(elementCount(sizes)).fill(value) };
}

function descriptions(value: unknown): readonly TensorDescription[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Partial<TensorDescription>[]).filter(
    (tensor): tensor is TensorDescription =>
      typeof tensor?.name === 'string' &&
      DATATYPES.has(String(tensor.datatype)) &&
      Array.isArray(tensor.shape),
  );
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

function readJson<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ConformanceFailure)) throw cause;
    throw new ConformanceSetupError(cause.message, { cause });
  }
}

function asSetup(cause: unknown): never {
  if (cause instanceof ConformanceSetupError) throw cause;
  throw new ConformanceSetupError(`The server cannot be reached: ${(cause as Error).message}`, {
    cause,
  });
}
