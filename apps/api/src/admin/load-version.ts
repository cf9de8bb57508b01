import type { IncomingMessage } from 'node:http';
import { isObject } from '../http/body/is-object';
import type { JsonBodyReader } from '../http/body/json-body.reader';
import { requestFault } from '../protocols/shared/request-fault';

const MAX_BYTES = 64 * 1024;

/**
 * The version in the body of a load request, `{"parameters": {"version": "3"}}`; `undefined` where it has none.
 * @throws ProblemException that says what is wrong with the body
 */
export async function loadVersion(
  request: IncomingMessage,
  bodies: JsonBodyReader,
): Promise<string | undefined> {
  const bytes = await bodies.readBytes(request, MAX_BYTES);
  const { version, ...others } = parametersOf(isBlank(bytes) ? {} : bodies.parse(bytes));
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    const name = JSON.stringify(unknown);
    throw requestFault([], `The parameter ${name} is not supported; there is "version"`, 'unknown');
  }
  if (version === undefined || typeof version === 'string') return version;
  if (typeof version === 'number') return String(version);
  throw requestFault([], 'The parameter "version" should be a string', 'string_type');
}

function isBlank(bytes: Buffer): boolean {
  return bytes.toString('latin1').trim() === '';
}

function parametersOf(body: unknown): Readonly<Record<string, unknown>> {
  const parameters = isObject(body) ? (body['parameters'] ?? {}) : undefined;
  if (isObject(parameters)) return parameters;
  const form = 'The body should be a JSON object, with an object "parameters" if anything';
  throw requestFault([], form, 'object_type');
}
