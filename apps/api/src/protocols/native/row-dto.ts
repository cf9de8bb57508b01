import type { Type } from '@nestjs/common';
import type { ServedModel } from '@inferserve/inference';
import type { ColumnSpec } from '@inferserve/model';
import { FitsColumn } from './fits-column.decorator';
import { PredictRequest } from './predict-request.dto';

/** The DTO of a model's rows. */
export interface RowDto {
  readonly type: Type<object>;
  /** The property that holds the value of each column. */
  readonly properties: readonly string[];
  /** A column, and a slip of the pen for its name, as an example of a fault. */
  readonly misspelling: readonly [column: string, as: string];
}

const IRIS_FIELDS = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];

/** Iris has its written-out DTO; that of any other model is generated from its columns. */
export function rowDtoOf(model: ServedModel): RowDto {
  const { columns, columnNames } = model;
  if (columns.length === 4 && columns.every(isIrisColumn)) {
    return {
      type: PredictRequest,
      properties: columnNames,
      misspelling: ['petal_width', 'petal_widht'],
    };
  }
  class ModelPredictRequest {}
  // Not the names of the columns: class-validator keeps them in plain objects, where `toString` is taken.
  const properties = columns.map((_, index) => `column${index}`);
  for (const [index, property] of properties.entries()) {
    FitsColumn(model, index)(ModelPredictRequest.prototype, property);
  }
  const [first = ''] = columnNames;
  return { type: ModelPredictRequest, properties, misspelling: [first, `${first}_`] };
}

/** A column for which being a finite number is the whole rule, as the DTO has it. */
function isIrisColumn(column: ColumnSpec): boolean {
  return (
    IRIS_FIELDS.includes(column.name) &&
    column.type === 'number' &&
    !column.nullable &&
    column.magnitude === undefined
  );
}
