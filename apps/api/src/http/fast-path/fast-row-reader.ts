import { Injectable } from '@nestjs/common';
import type { Row, ServedModel } from '@inferserve/inference';
import { isObject } from '../body/is-object';
import { type RowList, RowTable } from '../body/row-table';
import { RowReader } from '../../protocols/native/row-reader';

/** Has the columns of the model judge a row; class-validator only explains what is wrong with a faulty one. */
@Injectable()
export class FastRowReader extends RowReader {
  override readFrom(model: ServedModel, rows: RowList, index: number): boolean {
    return rows instanceof RowTable && rows.hasNames
      ? rows.read(model, index)
      : super.readFrom(model, rows, index);
  }

  override read(model: ServedModel, row: unknown): row is Row {
    return isObject(row) && model.read(row) && !model.hasUnknownFields(row);
  }
}
