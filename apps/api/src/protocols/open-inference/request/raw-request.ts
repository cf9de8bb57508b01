import type { ServedModel } from '@inferserve/inference';
import { requestFault } from '../../shared/request-fault';
import { hasMatrix, MATRIX_NAMES } from '../rows/rows-of';
import { DATATYPE } from '../tensors/datatypes';
import type { InferRequest } from './infer-request';

/**
 * The request behind a body that is nothing but the values of one tensor of FP64, row after row.
 * @throws ProblemException for a model whose columns are not all numbers, or another number of bytes
 */
export function rawRequest(model: ServedModel, bytes: Buffer): InferRequest {
  const { columns } = model.description;
  const datatype = DATATYPE.get('FP64')!;
  if (!hasMatrix(model) || columns[0]!.datatype !== datatype.name) {
    const message = 'Raw binary requests are for models that take one tensor of numbers';
    throw requestFault([], message, 'binary_size');
  }
  const rowSize = columns.length * datatype.size!;
  const rows = bytes.length / rowSize;
  if (rows < 1 || !Number.isInteger(rows)) {
    const message = `A raw binary request should have ${rowSize} bytes for each row, but it has ${bytes.length}`;
    throw requestFault([], message, 'binary_size');
  }
  const shape = [rows, columns.length];
  const data = datatype.decode(bytes, rows * columns.length);
  return {
    inputs: [{ name: MATRIX_NAMES[0], datatype, shape, data }],
    isBinaryByDefault: true,
  };
}
