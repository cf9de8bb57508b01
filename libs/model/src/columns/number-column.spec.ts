import { denseVector } from '../vector';
import { numberColumn, type NumberColumnSpec } from './number-column';

function read(spec: Partial<NumberColumnSpec>, value: unknown): number | string | undefined {
  const row = denseVector(1);
  const reader = numberColumn.compile({ type: 'number', name: 'x', ...spec }, row, 0);
  const isTaken = reader.read(value);
  const fault = reader.fault(value);
  expect(fault === undefined).toBe(isTaken);
  return fault?.type ?? row.values[0];
}

describe(numberColumn.type, () => {
  test('takes finite numbers, and null for a missing value only where it is nullable', () => {
    expect(read({}, -1.5)).toBe(-1.5);
    expect(read({}, null)).toBe('float_type');
    expect(read({ nullable: true }, null)).toBeNaN();
    expect(read({ nullable: true }, '1')).toBe('float_type');
    expect(read({}, Infinity)).toBe('finite_number');
    expect(read({ magnitude: 10 }, -10.5)).toBe('number_too_large');
  });

  test('takes only numbers above an exclusive minimum', () => {
    const spec = { exclusiveMinimum: 0 };
    expect(read(spec, 1e-300)).toBe(1e-300);
    expect(read(spec, 0)).toBe('greater_than');
    expect(read(spec, -1)).toBe('greater_than');
    expect(read(spec, -Infinity)).toBe('finite_number');
    expect(read({ ...spec, nullable: true }, null)).toBeNaN();
    expect(numberColumn.jsonSchema({ type: 'number', name: 'x', ...spec })).toEqual({
      type: 'number',
      exclusiveMinimum: 0,
    });
  });

  test('takes only the known values where an encoder knows no others', () => {
    const spec = { values: [1, 2.5] };
    expect(read(spec, 2.5)).toBe(2.5);
    expect(read(spec, 2)).toBe('unknown_category');
    expect(read(spec, Infinity)).toBe('finite_number');
    expect(read(spec, 'a')).toBe('float_type');
    expect(read({ ...spec, nullable: true }, null)).toBeNaN();
    expect(numberColumn.jsonSchema({ type: 'number', name: 'x', nullable: true, ...spec })).toEqual(
      {
        type: ['number', 'null'],
        enum: [1, 2.5, null],
      },
    );
  });

  test('reads the words of a table as booleans only where it takes them', () => {
    const fromText = (text: string, booleans: boolean) =>
      numberColumn.fromText({ type: 'number', name: 'x', booleans }, text);
    expect(['True', 'false ', 'TRUE'].map((text) => fromText(text, true))).toEqual([
      true,
      false,
      true,
    ]);
    expect(fromText('2.5', true)).toBe(2.5);
    expect(fromText('True', false)).toBe('True');
  });

  test('takes booleans for 1 and 0 only where that is said', () => {
    expect(read({}, true)).toBe('float_type');
    expect([true, false].map((value) => read({ booleans: true }, value))).toEqual([1, 0]);
    expect(numberColumn.jsonSchema({ type: 'number', name: 'x', booleans: true })).toEqual({
      type: ['number', 'boolean'],
    });
  });
});
