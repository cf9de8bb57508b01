import type { Predictions, ServedModel } from '@inferserve/inference';
import { outputTensor } from './response/choose-outputs';
import { listOf } from './response/encode-json';
import { listedOutputs, outputsOf } from './response/output-tensor';
import { hasMatrix, MATRIX_NAMES } from './rows/rows-of';

/** A request with the example row of a model. */
export function exampleRequest(model: ServedModel): object {
  const { description, example } = model;
  const values = description.columns.map(({ name }) => example.row[name] ?? null);
  const { columns } = description;
  if (hasMatrix(model)) {
    const { datatype } = columns[0]!;
    return {
      inputs: [{ name: MATRIX_NAMES[0], shape: [1, columns.length], datatype, data: [values] }],
    };
  }
  return {
    inputs: columns.map(({ name, datatype }, j) => ({
      name,
      shape: [1, 1],
      datatype,
      data: [datatype === 'BYTES' && values[j] !== null ? String(values[j]) : values[j]],
    })),
  };
}

/** The answer to `exampleRequest`, computed now but not counted. */
export function exampleResponse(model: ServedModel): object {
  const { name, version, classes, columnNames, example } = model;
  const predictions: Predictions = {
    count: 1,
    classIndices: new Int32Array(1),
    values: new Float64Array(1),
    probabilities: new Float64Array(classes.length),
  };
  const read = (): boolean => model.readValues(columnNames.map((column) => example.row[column]));
  model.scoreBlock(predictions, 0, 1, read, () => undefined);
  const outputs = outputsOf(model);
  return {
    model_name: name,
    model_version: version,
    outputs: listedOutputs(outputs).map((output) => {
      const chosen = { name: output, kind: outputs.get(output)!, isBinary: false };
      const tensor = outputTensor(chosen, model, predictions);
      const { datatype, shape } = tensor;
      return { name: output, datatype, shape, data: listOf(tensor) };
    }),
  };
}
