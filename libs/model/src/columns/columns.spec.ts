import { denseVector, type Vector } from '../vector';
import type { ColumnReader } from './column-kind';
import { columnKind, type ColumnSpec } from './columns';

function compiled(spec: ColumnSpec): { readonly reader: ColumnReader; readonly row: Vector } {
  const kind = columnKind(spec);
  const row = denseVector(kind.width(spec));
  return { reader: kind.compile(spec, row, 0), row };
}

/** The number that a value becomes, or the type of its fault. */
function outcome(spec: ColumnSpec, value: unknown): number | string {
  const { reader, row } = compiled(spec);
  const taken = reader.read(value);
  const fault = reader.fault(value);
  expect(taken).toBe(fault === undefined);
  return fault?.type ?? row.values[0]!;
}

describe('a number column', () => {
  const plain = { type: 'number', name: 'x' } as const;

  test.each<[ColumnSpec, unknown, number | string]>([
    [plain, 1.5, 1.5],
    [plain, -0, -0],
    [plain, Number.MAX_VALUE, Number.MAX_VALUE],
    [plain, '1', 'float_type'],
    [plain, true, 'float_type'],
    [plain, [1], 'float_type'],
    [plain, null, 'float_type'],
    [plain, Infinity, 'finite_number'],
    [plain, Number.NaN, 'finite_number'],
    [{ ...plain, nullable: true }, null, Number.NaN],
    [{ ...plain, nullable: true }, Number.NaN, 'finite_number'],
    [{ ...plain, magnitude: 10 }, -10, -10],
    [{ ...plain, magnitude: 10 }, 10.5, 'number_too_large'],
  ])('%j: %p gives %p', (spec, value, expected) => {
    expect(outcome(spec, value)).toBe(expected);
  });

  test('documents its unit and training range', () => {
    const spec = { ...plain, unit: 'cm', observedMin: 1, observedMax: 2, nullable: true } as const;
    expect(columnKind(spec).jsonSchema(spec)).toEqual({
      type: ['number', 'null'],
      description: 'Training range 1 to 2 cm',
    });
  });
});

describe('a boolean column', () => {
  const plain = { type: 'boolean', name: 'x' } as const;

  test.each<[ColumnSpec, unknown, number | string]>([
    [plain, true, 1],
    [plain, false, 0],
    [plain, 1, 'bool_type'],
    [plain, 'true', 'bool_type'],
    [plain, null, 'bool_type'],
    [{ ...plain, nullable: true }, null, Number.NaN],
  ])('%j: %p gives %p', (spec, value, expected) => {
    expect(outcome(spec, value)).toBe(expected);
  });
});

describe('a category column', () => {
  const strict = {
    type: 'category',
    name: 'x',
    values: ['red', 'green', ''],
    unknown: 'reject',
  } as const;
  const lax = { ...strict, unknown: 'accept' } as const;
  const numbers = { ...strict, values: [3, 1, 0] } as const;

  test.each<[ColumnSpec, unknown, number | string]>([
    [strict, 'green', 1],
    [strict, '', 2],
    [strict, 'Green', 'unknown_category'],
    [strict, 1, 'category_type'],
    [strict, null, 'category_type'],
    [strict, {}, 'category_type'],
    [{ ...strict, nullable: true }, null, Number.NaN],
    [lax, 'blue', -1],
    [lax, 7, -1],
    [lax, null, 'category_type'],
    [lax, [], 'category_type'],
    [lax, Infinity, 'category_type'],
    // The names that every object has are ordinary unknown values.
    [lax, 'constructor', -1],
    [strict, 'toString', 'unknown_category'],
    [numbers, 3, 0],
    [numbers, 3.0, 0],
    [numbers, '3', 'category_type'],
    // In Python True == 1 and False == 0.
    [numbers, true, 1],
    [numbers, false, 2],
    [{ ...strict, values: [true, false] }, 1, 0],
  ])('%j: %p gives %p', (spec, value, expected) => {
    expect(outcome(spec, value)).toBe(expected);
  });

  test('lists the known values and the nearest one, not the value sent', () => {
    const { reader } = compiled(strict);
    expect(reader.fault('gren')).toEqual({
      type: 'unknown_category',
      message: 'Input should be one of "red", "green", "". Did you mean "green"?',
    });
  });

  test('shows 20 of many values', () => {
    const values = Array.from({ length: 30 }, (_, i) => `value ${i}`);
    const message = compiled({ ...strict, values }).reader.fault('zzz')!.message;
    expect(message).toContain('"value 19", and 10 more');
    expect(message).not.toContain('value 20');
  });

  test('has the tensor type of its values', () => {
    const types = ([['a'], [1], [true], ['a', 1]] as const).map((values) => {
      const spec = { ...strict, values };
      return columnKind(spec).datatype(spec);
    });
    expect(types).toEqual(['BYTES', 'FP64', 'BOOL', 'BYTES']);
  });
});

describe('the cell of a table', () => {
  const number = { type: 'number', name: 'x', nullable: true } as const;
  const boolean = { type: 'boolean', name: 'x' } as const;
  const mixed = {
    type: 'category',
    name: 'x',
    values: ['NA', 'red', 3, true],
    unknown: 'accept',
    nullable: true,
  } as const;

  test.each<[ColumnSpec, string, unknown]>([
    [number, ' 1.50 ', 1.5],
    [number, '-1e3', -1000],
    [number, '', null],
    [number, 'NaN', null],
    [number, 'many', 'many'],
    [{ ...number, nullable: false }, '', ''],
    [boolean, 'True', true],
    [boolean, '0', false],
    [boolean, 'no', 'no'],
    [mixed, 'red', 'red'],
    // A listed value is never taken for a missing one.
    [mixed, 'NA', 'NA'],
    [mixed, '', null],
    [mixed, '3.0', 3],
    [mixed, 'TRUE', true],
    [mixed, 'blue', 'blue'],
  ])('of %j: %j means %p', (spec, text, expected) => {
    expect(columnKind(spec).fromText(spec, text)).toBe(expected);
  });
});
