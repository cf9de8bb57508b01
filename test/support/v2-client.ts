import { deflateSync, gzipSync } from 'node:zlib';
import supertest from 'supertest';

/** A tensor of FP64 to be sent in binary form. */
export interface Fp64Input {
  readonly name: string;
  readonly rows: readonly (readonly number[])[];
}

/** How Triton's Python client sends a request when its user chooses nothing else. */
export interface TritonOptions {
  /** Names of outputs; without any the client asks for all of them in binary form. */
  readonly outputs?: readonly { readonly name: string; readonly isBinary?: boolean }[];
  readonly compression?: 'gzip' | 'deflate';
  readonly id?: string;
  readonly version?: string;
}

/** An answer with its binary data taken apart: numbers for FP64 and INT64, text for BYTES. */
export interface V2Answer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
  readonly outputs: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly data: readonly unknown[] }
  >;
}

/** The bytes of numbers as FP64. */
function fp64(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [i, value] of values.entries()) bytes.writeDoubleLE(value, 8 * i);
  return bytes;
}

/** `POST …/infer` as tritonclient.http does it: binary inputs, no Content-Type, perhaps compressed. */
export async function tritonInfer(
  http: () => ReturnType<typeof supertest>,
  model: string,
  input: Fp64Input,
  { outputs, compression, id, version }: TritonOptions = {},
): Promise<V2Answer> {
  const bytes = fp64(input.rows.flat());
  const shape = [input.rows.length, input.rows[0]?.length ?? 0];
  const json = Buffer.from(
    JSON.stringify({
      ...(id !== undefined && { id }),
      inputs: [
        {
          name: input.name,
          shape,
          datatype: 'FP64',
          parameters: { binary_data_size: bytes.length },
        },
      ],
      ...(outputs
        ? {
            outputs: outputs.map(({ name, isBinary = true }) => ({
              name,
              parameters: { binary_data: isBinary },
            })),
          }
        : { parameters: { binary_data_output: true } }),
    }),
  );
  const plain = Buffer.concat([json, bytes]);
  const body =
    compression === 'gzip'
      ? gzipSync(plain)
      : compression === 'deflate'
        ? deflateSync(plain)
        : plain;
  const path = `/v2/models/${encodeURIComponent(model)}${version === undefined ? '' : `/versions/${version}`}/infer`;
  const response = await http()
    .post(path)
    // Without a type of its own, supertest would send one.
    .unset('Content-Type')
    .set('Inference-Header-Content-Length', String(json.length))
    .set(compression ? { 'Content-Encoding': compression } : {})
    .serialize((raw) => raw as never)
    .buffer(true)
    .parse((incoming, done) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => done(null, Buffer.concat(chunks)));
    })
    .send(body as never);
  const header = response.headers['inference-header-content-length'] as string | undefined;
  return readAnswer(response.status, response.body as Buffer, header);
}

function readAnswer(status: number, bytes: Buffer, header: string | undefined): V2Answer {
  const end = header === undefined ? bytes.length : Number(header);
  const json = JSON.parse(bytes.subarray(0, end).toString('utf8')) as Record<string, unknown>;
  let at = end;
  const outputs = new Map<string, { shape: readonly number[]; data: readonly unknown[] }>();
  for (const output of (json['outputs'] ?? []) as readonly Output[]) {
    const { name, shape, datatype, data, parameters } = output;
    const size = parameters?.binary_data_size ?? 0;
    outputs.set(name, { shape, data: data ?? elements(datatype, bytes.subarray(at, at + size)) });
    at += size;
  }
  return { status, json, outputs };
}

interface Output {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data?: readonly unknown[];
  readonly parameters?: { readonly binary_data_size?: number };
}

function elements(datatype: string, bytes: Buffer): readonly unknown[] {
  const list: unknown[] = [];
  for (let at = 0; at < bytes.length;) {
    if (datatype === 'BYTES') {
      const end = at + 4 + bytes.readUInt32LE(at);
      list.push(bytes.toString('utf8', at + 4, end));
      at = end;
    } else {
      list.push(datatype === 'INT64' ? Number(bytes.readBigInt64LE(at)) : bytes.readDoubleLE(at));
      at += 8;
    }
  }
  return list;
}
