import type { Row, RowSource, ServedModel } from '@inferserve/inference';
import { nearestName } from '@inferserve/model';
import type { InputFault } from '../../http/errors/problem';
import type { BodyPath } from './request-fault';

/** Rows of parsed JSON: objects by column name, or lists in the order of the columns; bare values for one column. */
export class JsonRows implements RowSource {
  private readonly names: ReadonlySet<string>;

  /** @param path of the list of rows in the body */
  constructor(
    private readonly model: ServedModel,
    private readonly rows: readonly unknown[],
    private readonly path: BodyPath,
  ) {
    this.names = new Set(model.columnNames);
  }

  get count(): number {
    return this.rows.length;
  }

  read(model: ServedModel, index: number): boolean {
    const row = this.rowAt(index);
    if (Array.isArray(row)) return model.readValues(row);
    if (!isRecord(row) || !model.read(row)) return false;
    // All columns are there: with as many members there is no unknown one.
    return Object.keys(row).length === this.names.size;
  }

  /** Every fault of one row. */
  faultsOf(index: number): readonly InputFault[] {
    const row = this.rowAt(index);
    const path = [...this.path, index];
    const { columnNames } = this.model;
    const fault = (message: string, type: string, name?: string): InputFault => ({
      in: 'body',
      path: name === undefined ? path : [...path, name],
      message,
      type,
    });
    if (!Array.isArray(row) && !isRecord(row)) {
      return [fault('A row should be a list or an object', 'row_type')];
    }
    if (Array.isArray(row) && row.length !== columnNames.length) {
      return [fault(`A row should have ${columnNames.length} values`, 'row_length')];
    }
    const columnFaults = columnNames.flatMap((name, j) => {
      const value: unknown = Array.isArray(row) ? row[j] : valueOf(row, name);
      const found = this.model.fault(j, value);
      return found ? [fault(found.message, found.type, name)] : [];
    });
    if (Array.isArray(row)) return columnFaults;
    const unknown = Object.keys(row).find((name) => !this.names.has(name));
    if (unknown === undefined) return columnFaults;
    const nearest = nearestName(unknown, columnNames);
    const hint = nearest === undefined ? '' : `. Did you mean "${nearest}"?`;
    return [...columnFaults, fault(`There is an unknown field${hint}`, 'extra_forbidden')];
  }

  private rowAt(index: number): unknown {
    const row = this.rows[index];
    const isBare = typeof row !== 'object' || row === null;
    return isBare && this.names.size === 1 ? [row] : row;
  }
}

function isRecord(row: unknown): row is Row {
  return typeof row === 'object' && row !== null && !Array.isArray(row);
}

function valueOf(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}
