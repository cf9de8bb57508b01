import { Injectable } from '@nestjs/common';
import type { Row, ServedModel } from '@inferserve/inference';
import { RowReader } from '../../protocols/native/row-reader';

/** Has the columns of the model judge a row; class-validator only explains what is wrong with a faulty one. */
@Injectable()
export class FastRowReader extends RowReader {
  override read(model: ServedModel, row: unknown): row is Row {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return false;
    return model.read(row as Row) && !model.hasUnknownFields(row as Row);
  }
}
