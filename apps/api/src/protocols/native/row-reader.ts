import { Injectable } from '@nestjs/common';
import type { Row, ServedModel } from '@inferserve/inference';
import { isObject } from '../../http/body/is-object';
import type { RowList } from '../../http/body/row-table';
import type { InputFault } from '../../http/errors/problem';
import { RowValidator } from './row-validator';

/** Checks rows for the models of this process. */
@Injectable()
export class RowReader {
  private readonly validators = new WeakMap<ServedModel, RowValidator>();

  /** Every fault of a row that stands at `path` of the body; none where `model` can read it. */
  faultsOf(model: ServedModel, row: unknown, path?: InputFault['path']): readonly InputFault[] {
    let validator = this.validators.get(model);
    if (!validator) {
      validator = new RowValidator(model);
      this.validators.set(model, validator);
    }
    return validator.faultsOf(row, path);
  }

  /** Has the model read the row at `index`; `false` where it has faults. */
  readFrom(model: ServedModel, rows: RowList, index: number): boolean {
    return this.read(model, rows.at(index));
  }

  /** Has the model read a row; `false` where the row has faults. */
  read(model: ServedModel, row: unknown): row is Row {
    // A row that the model cannot read is not looked into any further: that costs a hundred times as much.
    return isObject(row) && model.read(row) && this.faultsOf(model, row).length === 0;
  }
}
