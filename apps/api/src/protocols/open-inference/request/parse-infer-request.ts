import { isObject } from '../../../http/body/is-object';
import { type BodyPath, requestFault } from '../../shared/request-fault';
import type { InputTensor } from '../tensors/tensor';
import { BinaryData } from './binary-data';
import type { InferRequest, RequestedOutput } from './infer-request';
import { memberOf, type Parameters, parametersOf } from './parameters';
import { parseInput } from './parse-input';

/**
 * Checks the JSON part of a request and reads its tensors.
 * @param binary what follows the JSON part; absent where the request has no binary data
 * @throws ProblemException for the first fault
 */
export function parseInferRequest(body: unknown, binary?: Buffer): InferRequest {
  if (!isObject(body)) throw requestFault([], 'The body should be a JSON object', 'object_type');
  const parameters = parametersOf(body, []);
  const isBinaryByDefault = parameters.flag('binary_data_output') ?? false;
  const id = textMember(body, 'id');
  const outputs = parseOutputs(memberOf(body, 'outputs'), isBinaryByDefault);
  const inputs = parseInputs(memberOf(body, 'inputs'), new BinaryData(binary));
  return {
    ...(id !== undefined && { id }),
    inputs,
    ...(outputs && { outputs }),
    isBinaryByDefault,
  };
}

function parseInputs(value: unknown, binary: BinaryData): readonly InputTensor[] {
  const inputs = objectsOf(value, 'inputs');
  if (!inputs || inputs.length === 0) {
    throw requestFault(['inputs'], 'At least one input is required', 'missing');
  }
  const tensors = inputs.map((input, i) => parseInput(input, ['inputs', i], binary));
  refuseRepetition(tensors, 'inputs');
  if (binary.bytesLeft > 0) {
    const message = `${binary.bytesLeft} bytes follow the data of the last binary input`;
    throw requestFault([], message, 'binary_size');
  }
  return tensors;
}

function parseOutputs(
  value: unknown,
  isBinaryByDefault: boolean,
): readonly RequestedOutput[] | undefined {
  const requested = objectsOf(value, 'outputs')?.map((output, i): RequestedOutput => {
    const path: BodyPath = ['outputs', i];
    const name = textMember(output, 'name', path);
    if (name === undefined) throw requestFault([...path, 'name'], 'Field required', 'missing');
    const parameters = parametersOf(output, path);
    const classCount = parameters.count('classification');
    return {
      name,
      isBinary: isBinaryOutput(parameters, isBinaryByDefault),
      ...(classCount && { classCount }),
    };
  });
  // An empty list asks for nothing in particular.
  if (!requested || requested.length === 0) return undefined;
  refuseRepetition(requested, 'outputs');
  return requested;
}

function isBinaryOutput(parameters: Parameters, isBinaryByDefault: boolean): boolean {
  return parameters.flag('binary_data') ?? isBinaryByDefault;
}

function objectsOf(value: unknown, name: string): readonly object[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw requestFault([name], 'Input should be a list', 'list_type');
  const bad = value.findIndex((member) => !isObject(member));
  if (bad < 0) return value as object[];
  throw requestFault([name, bad], 'Input should be an object', 'object_type');
}

function textMember(owner: object, name: string, path: BodyPath = []): string | undefined {
  const value = memberOf(owner, name);
  if (value === undefined || typeof value === 'string') return value;
  throw requestFault([...path, name], 'Input should be a string', 'string_type');
}

function refuseRepetition(named: readonly { readonly name: string }[], list: string): void {
  const seen = new Set<string>();
  for (const [i, { name }] of named.entries()) {
    if (seen.has(name)) {
      throw requestFault([list, i, 'name'], 'The name is given more than once', 'duplicate');
    }
    seen.add(name);
  }
}
