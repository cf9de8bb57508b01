import type { IncomingMessage } from 'node:http';
import { isObject } from '../http/body/is-object';

const MAX_BYTES = 64 * 1024;

/**
 * The version in the body of a load request, `{"parameters": {"version": "3"}}`; `undefined` where it has none.
 * @throws RangeError that says what is wrong with the body
 */
export async function loadVersion(request: IncomingMessage): Promise<string | undefined> {
  const { version, ...others } = parametersOf(await textOf(request));
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new RangeError(
      `The parameter ${JSON.stringify(unknown)} is not supported; there is "version"`,
    );
  }
  if (version === undefined || typeof version === 'string') return version;
  if (typeof version === 'number') return String(version);
  throw new RangeError('The parameter "version" should be a string');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    // To its end, so that the connection can be used again.
    if (size <= MAX_BYTES) parts.push(part);
  }
  if (size > MAX_BYTES) throw new RangeError(`The body is larger than ${MAX_BYTES} bytes`);
  return Buffer.concat(parts).toString('utf8');
}

function parametersOf(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === '') return {};
  const fault = 'The body should be a JSON object, with an object "parameters" if anything';
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new RangeError(fault, { cause });
  }
  if (!isObject(body)) throw new RangeError(fault);
  const { parameters = {} } = body;
  if (!isObject(parameters)) throw new RangeError(fault);
  return parameters;
}
