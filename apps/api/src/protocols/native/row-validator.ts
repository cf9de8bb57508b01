import type { Row, ServedModel } from '@inferserve/inference';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { isObject } from '../../http/body/is-object';
import type { InputFault } from '../../http/errors/problem';
import { type RowDto, rowDtoOf } from './row-dto';
import { unknownFieldFaults } from './unknown-fields';

/** Faults of columns beyond these are counted, not listed: a model may have thousands of columns. */
const MAX_LISTED = 100;

/** Checks rows of parsed JSON against the DTO of a model: exactly its columns, nothing converted. */
export class RowValidator {
  private readonly dto: RowDto;
  private readonly columnOf: ReadonlyMap<string, number>;

  constructor(private readonly model: ServedModel) {
    this.dto = rowDtoOf(model);
    this.columnOf = new Map(this.dto.properties.map((property, index) => [property, index]));
  }

  /** Every fault of a row that stands at `path` of the body; none where it is valid. */
  faultsOf(row: unknown, path: InputFault['path'] = []): InputFault[] {
    if (row === undefined) {
      return [{ in: 'body', path, message: 'Field required', type: 'missing' }];
    }
    if (!isObject(row)) {
      return [{ in: 'body', path, message: 'Input should be a JSON object', type: 'object_type' }];
    }
    return [
      ...this.columnFaults(row, path),
      ...unknownFieldFaults(row, this.model.fieldNames, path),
    ];
  }

  private columnFaults(row: Row, path: InputFault['path']): InputFault[] {
    const { properties, type } = this.dto;
    const { columnNames } = this.model;
    const valueOf = (index: number): unknown => {
      const name = columnNames[index]!;
      return Object.hasOwn(row, name) ? row[name] : undefined;
    };
    const flat = Object.fromEntries(
      properties.map((property, index) => [property, flatten(valueOf(index))]),
    );
    const faulty = validateSync(plainToInstance(type, flat))
      .map(({ property }) => this.columnOf.get(property)!)
      .sort((a, b) => a - b);
    const faults = faulty.slice(0, MAX_LISTED).map((index): InputFault => {
      const fault = this.model.fault(index, valueOf(index));
      const { message, type: code } = fault ?? { message: 'Invalid value', type: 'invalid' };
      return { in: 'body', path: [...path, columnNames[index]!], message, type: code };
    });
    const rest = faulty.length - faults.length;
    if (rest > 0) {
      const message = `${rest} more columns have faults`;
      faults.push({ in: 'body', path, message, type: 'too_many_faults' });
    }
    return faults;
  }
}

/** Without what is nested, which class-transformer would follow to any depth; no column takes it anyway. */
function flatten(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === 'object' && value !== null ? {} : value;
}
