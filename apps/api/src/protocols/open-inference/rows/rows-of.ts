import type { ServedModel } from '@inferserve/inference';
import { nearestName } from '@inferserve/model';
import { requestFault } from '../../shared/request-fault';
import type { InputTensor } from '../tensors/tensor';
import { type ColumnTensor, conversionOf, datatypesText, takesDatatype } from './column-tensor';
import { NumberRows } from './number-rows';
import { TensorRows } from './tensor-rows';

/** What clients call the one tensor with all columns: KServe, MLflow and scikit-learn, skl2onnx. */
export const MATRIX_NAMES = ['input-0', 'X', 'float_input'] as const;

const MAX_NAMES_LISTED = 10;

/**
 * The rows in the inputs of a request: one tensor [n, columns], or one tensor [n] or [n, 1] for each column.
 * @throws ProblemException where the inputs are not those of the model
 */
export function rowsOf(
  model: ServedModel,
  inputs: readonly InputTensor[],
  maxRows: number,
): TensorRows {
  const rows = isMatrix(model, inputs) ? matrixRows(model, inputs[0]!) : columnRows(model, inputs);
  if (rows.count > maxRows) {
    throw requestFault(['inputs'], `There should be at most ${maxRows} rows`, 'too_long');
  }
  return rows;
}

/** Whether a model's columns fit into one tensor: all of them are numbers, or all text, or all booleans. */
export function hasMatrix({ description }: ServedModel): boolean {
  return new Set(description.columns.map(({ datatype }) => datatype)).size === 1;
}

function isMatrix(model: ServedModel, inputs: readonly InputTensor[]): boolean {
  const [{ name } = { name: '' }] = inputs;
  return (
    inputs.length === 1 &&
    (MATRIX_NAMES as readonly string[]).includes(name) &&
    !model.columnNames.includes(name)
  );
}

function matrixRows({ columns }: ServedModel, tensor: InputTensor): TensorRows {
  const { shape, data, datatype } = tensor;
  const width = columns.length;
  if (shape.length !== 2 || shape[1] !== width) {
    const message = `The shape should be [rows, ${width}]: one column for each of the model`;
    throw requestFault(['inputs', 0, 'shape'], message, 'shape_mismatch');
  }
  const misfit = columns.find((column) => !takesDatatype(column, datatype));
  if (misfit) {
    const message = `Column "${misfit.name}" takes ${datatypesText(misfit)}. Where columns differ, send one tensor for each, by its name`;
    throw requestFault(['inputs', 0, 'datatype'], message, 'datatype');
  }
  const places = columns.map((column, j) => ({
    data,
    offset: j,
    stride: width,
    input: 0,
    ...withConversion(column, tensor),
  }));
  return data instanceof Float64Array
    ? new NumberRows(shape[0]!, places, data)
    : new TensorRows(shape[0]!, places);
}

function columnRows(model: ServedModel, inputs: readonly InputTensor[]): TensorRows {
  const positions = new Map(inputs.map(({ name }, i) => [name, i]));
  refuseUnknown(model, inputs);
  const missing = model.columnNames.find((name) => !positions.has(name));
  if (missing !== undefined) {
    throw requestFault(['inputs'], `The input "${missing}" is missing`, 'missing');
  }
  const count = inputs[0]!.shape[0]!;
  const columns = model.columns.map((column): ColumnTensor => {
    const input = positions.get(column.name)!;
    const tensor = inputs[input]!;
    const { shape, datatype, data } = tensor;
    if (!takesDatatype(column, datatype)) {
      const message = `Column "${column.name}" takes ${datatypesText(column)}`;
      throw requestFault(['inputs', input, 'datatype'], message, 'datatype');
    }
    if (shape[0] !== count || shape.length > 2 || (shape.length === 2 && shape[1] !== 1)) {
      const message = 'The shape of each input should be [rows] or [rows, 1], with as many rows';
      throw requestFault(['inputs', input, 'shape'], message, 'shape_mismatch');
    }
    return { data, offset: 0, stride: 1, input, ...withConversion(column, tensor) };
  });
  return new TensorRows(count, columns);
}

function withConversion(...args: Parameters<typeof conversionOf>): Pick<ColumnTensor, 'convert'> {
  const convert = conversionOf(...args);
  return convert ? { convert } : {};
}

function refuseUnknown(model: ServedModel, inputs: readonly InputTensor[]): void {
  const unknown = inputs.findIndex(({ name }) => !model.fieldNames.has(name));
  if (unknown < 0) return;
  const nearest = nearestName(inputs[unknown]!.name, model.columnNames);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const listed = model.columnNames.slice(0, MAX_NAMES_LISTED).join(', ');
  const more = model.columnNames.length > MAX_NAMES_LISTED ? ', …' : '';
  const matrix = hasMatrix(model) ? `; or ${MATRIX_NAMES.join(', ')} alone, with all columns` : '';
  throw requestFault(
    ['inputs', unknown, 'name'],
    `The model has no such input.${hint} Its inputs are ${listed}${more}${matrix}`,
    'unknown_input',
  );
}
