import type { Predictions, ServedModel } from '@inferserve/inference';
import type { InferRequest, RequestedOutput } from '../request/infer-request';
import { requestFault } from '../../shared/request-fault';
import { listedOutputs, type OutputKind, type OutputTensor, outputsOf } from './output-tensor';
import { topClasses } from './top-classes';

/** An output that the response will hold. */
export interface ChosenOutput extends RequestedOutput {
  readonly kind: OutputKind;
}

/**
 * The outputs that a request asks for, in its order.
 * @throws ProblemException for one that the model does not have
 */
export function chooseOutputs(
  model: ServedModel,
  { outputs: requested, isBinaryByDefault }: InferRequest,
): readonly ChosenOutput[] {
  const outputs = outputsOf(model);
  const chosen =
    requested ?? listedOutputs(outputs).map((name) => ({ name, isBinary: isBinaryByDefault }));
  return chosen.map((output: RequestedOutput, i) => {
    const kind = outputs.get(output.name);
    if (!kind) {
      const names = [...outputs].filter(([, { unavailable }]) => unavailable === undefined);
      const message = `The model has no such output. Its outputs are ${names.map(([name]) => name).join(', ')}`;
      throw requestFault(['outputs', i, 'name'], message, 'unknown_output');
    }
    if (kind.unavailable !== undefined) {
      throw requestFault(['outputs', i, 'name'], kind.unavailable, 'unavailable');
    }
    if (output.classCount !== undefined && kind.needs !== 'probabilities') {
      const message = 'The parameter "classification" is for probabilities';
      throw requestFault(['outputs', i, 'parameters'], message, 'parameter_type');
    }
    return { ...output, kind };
  });
}

/** @throws ProblemException for an output that so many rows do not have */
export function checkRowCount(outputs: readonly ChosenOutput[], count: number): void {
  for (const [i, { name, kind }] of outputs.entries()) {
    const { maxRows = count } = kind;
    if (count <= maxRows) continue;
    const message = `This model has "${name}" for at most ${maxRows} rows of one request`;
    throw requestFault(['outputs', i], message, 'too_long');
  }
}

/** The tensor of a chosen output. */
export function outputTensor(
  { name, kind, classCount }: ChosenOutput,
  model: ServedModel,
  predictions: Predictions,
): OutputTensor {
  if (classCount !== undefined) return topClasses(name, classCount, model, predictions);
  const { datatype, rowShape } = kind;
  return {
    name,
    datatype,
    shape: [predictions.count, ...rowShape],
    values: kind.values(predictions),
  };
}
