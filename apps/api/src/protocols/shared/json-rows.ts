import type { Row, ServedModel } from '@inferserve/inference';
import { nearestName } from '@inferserve/model';
import { isObject } from '../../http/body/is-object';
import { type RowList, RowTable } from '../../http/body/row-table';
import type { InputFault } from '../../http/errors/problem';
import type { BodyPath } from './request-fault';
import type { RequestRows } from './row-scorer';

/** Rows of parsed JSON: objects by column name, or lists in the order of the columns; bare values for one column. */
export class JsonRows implements RequestRows {
  private readonly isOneColumn: boolean;

  /**
   * @param model that the rows are for
   * @param path of the list of rows in the body
   */
  constructor(
    model: ServedModel,
    private readonly rows: RowList,
    private readonly path: BodyPath,
  ) {
    this.isOneColumn = model.columns.length === 1;
  }

  get count(): number {
    return this.rows.length;
  }

  read(model: ServedModel, index: number): boolean {
    if (this.rows instanceof RowTable) return this.rows.read(model, index);
    const row = this.rowAt(index);
    if (Array.isArray(row)) return model.readValues(row);
    return isObject(row) && model.read(row) && !model.hasUnknownFields(row);
  }

  faultAt(index: number, fault: Pick<InputFault, 'message' | 'type'>): InputFault {
    return { in: 'body', path: [...this.path, index], ...fault };
  }

  faultsOf(model: ServedModel, index: number): readonly InputFault[] {
    const row = this.rowAt(index);
    const { columnNames } = model;
    const fault = (message: string, type: string): InputFault =>
      this.faultAt(index, { message, type });
    if (!Array.isArray(row) && !isObject(row)) {
      return [fault('A row should be a list or an object', 'row_type')];
    }
    if (Array.isArray(row) && row.length !== columnNames.length) {
      return [fault(`A row should have ${columnNames.length} values`, 'row_length')];
    }
    const columnFaults = columnNames.flatMap((name, j) => {
      const value: unknown = Array.isArray(row) ? row[j] : valueOf(row, name);
      const found = model.fault(j, value);
      if (!found) return [];
      const { message, type } = found;
      return [{ in: 'body' as const, path: [...this.path, index, name], message, type }];
    });
    if (Array.isArray(row)) return columnFaults;
    const unknown = Object.keys(row).find((name) => !model.fieldNames.has(name));
    if (unknown === undefined) return columnFaults;
    const nearest = nearestName(unknown, columnNames);
    const hint = nearest === undefined ? '' : `. Did you mean "${nearest}"?`;
    return [...columnFaults, fault(`There is an unknown field${hint}`, 'extra_forbidden')];
  }

  private rowAt(index: number): unknown {
    const row = this.rows.at(index);
    const isBare = typeof row !== 'object' || row === null;
    return isBare && this.isOneColumn ? [row] : row;
  }
}

function valueOf(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}
