import type { ServerResponse } from 'node:http';
import type { ServedModel } from '@inferserve/inference';
import { sendJsonText } from '../../../http/send-json';
import { JSON_LENGTH_HEADER } from '../request/inference-body';
import { encodeBinary } from './encode-binary';
import { encodeJson } from './encode-json';
import type { OutputTensor } from './output-tensor';

/** What a response says beside its outputs. */
export interface InferenceAnswer {
  readonly model: ServedModel;
  readonly id?: string;
  readonly outputs: readonly { readonly tensor: OutputTensor; readonly isBinary: boolean }[];
}

/** Sends the response: JSON, and behind it the binary outputs one after another where there are any. */
export async function sendInference(
  response: ServerResponse,
  { model, id, outputs }: InferenceAnswer,
): Promise<void> {
  const parts: Buffer[] = [];
  const texts: string[] = [];
  for (const { tensor, isBinary } of outputs) {
    const { name, datatype, shape } = tensor;
    const head = JSON.stringify({ name, datatype, shape }).slice(0, -1);
    if (isBinary) {
      const bytes = encodeBinary(tensor);
      parts.push(bytes);
      texts.push(`${head},"parameters":{"binary_data_size":${bytes.length}}}`);
    } else {
      texts.push(`${head},"data":${await encodeJson(tensor)}}`);
    }
  }
  const about = JSON.stringify({
    model_name: model.name,
    model_version: model.version,
    ...(id !== undefined && { id }),
  });
  const json = `${about.slice(0, -1)},"outputs":[${texts.join()}]}`;
  if (!outputs.some(({ isBinary }) => isBinary)) {
    sendJsonText(response, 200, json);
    return;
  }
  const jsonBytes = Buffer.from(json, 'utf8');
  const body = Buffer.concat([jsonBytes, ...parts]);
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': body.length,
    [JSON_LENGTH_HEADER]: jsonBytes.length,
  });
  response.end(body);
}
