import type { ServedModel } from '@inferserve/inference';
import type { InputFault } from '../../../http/errors/problem';
import type { RequestRows } from '../../shared/row-scorer';
import type { Element } from '../tensors/element';
import type { ColumnTensor } from './column-tensor';

/** Rows whose values are in tensors, one place per column of the model. */
export class TensorRows implements RequestRows {
  private readonly values: Element[];

  /** @param columns in the order of the model's */
  constructor(
    readonly count: number,
    private readonly columns: readonly ColumnTensor[],
  ) {
    this.values = columns.map(() => null);
  }

  read(model: ServedModel, row: number): boolean {
    const { columns, values } = this;
    for (let j = 0; j < columns.length; j++) values[j] = elementOf(columns[j]!, row);
    return model.readValues(values);
  }

  faultAt(row: number, { message, type }: Pick<InputFault, 'message' | 'type'>): InputFault {
    return { in: 'body', path: ['inputs'], message: `row ${row}: ${message}`, type };
  }

  faultsOf(model: ServedModel, row: number): readonly InputFault[] {
    return this.columns.flatMap((column, j) => {
      const fault = model.fault(j, elementOf(column, row));
      if (!fault) return [];
      const { message, type } = fault;
      const path = ['inputs', column.input, 'data'];
      return [
        { in: 'body', path, message: `row ${row}, column "${fault.column}": ${message}`, type },
      ];
    });
  }
}

/** The value of a column; NaN, which JSON does not have, is a missing one. */
function elementOf({ data, offset, stride, convert }: ColumnTensor, row: number): Element {
  const element = data[offset + row * stride]!;
  if (Number.isNaN(element)) return null;
  return convert ? convert(element) : element;
}
