import { denseVector } from '../vector';
import { categoryColumn, type CategoryColumnSpec } from './category-column';

const colours: CategoryColumnSpec = {
  type: 'category',
  name: 'colour',
  values: ['red', 'green', 'blue'],
  unknown: 'reject',
};

function read(spec: CategoryColumnSpec, value: unknown): number | string | undefined {
  const row = denseVector(1);
  const reader = categoryColumn.compile(spec, row, 0);
  const isTaken = reader.read(value);
  const fault = reader.fault(value);
  expect(fault === undefined).toBe(isTaken);
  return fault?.message ?? row.values[0];
}

describe(categoryColumn.type, () => {
  test('a value becomes its position, a missing one NaN, an accepted unknown one -1', () => {
    expect(read(colours, 'blue')).toBe(2);
    expect(read({ ...colours, nullable: true }, null)).toBeNaN();
    expect(read({ ...colours, unknown: 'accept' }, 'pink')).toBe(-1);
  });

  test('text is not a number, and true is 1 as in Python', () => {
    const numbers: CategoryColumnSpec = { ...colours, values: [0, 1, 2.5] };
    expect(read(numbers, true)).toBe(1);
    expect(read(numbers, '1')).toBe('Input should be a number');
    expect(read({ ...colours, values: [false, true] }, 1)).toBe(1);
  });

  test('a fault lists the known values with the nearest one', () => {
    expect(read(colours, 'Gren')).toBe(
      'Input should be one of "red", "green", "blue". Did you mean "green"?',
    );
    expect(read({ ...colours, values: ['S', 'M', 'L'] }, 'X')).toBe(
      'Input should be one of "S", "M", "L"',
    );
    expect(read(colours, null)).toBe('Input should be a string');
  });

  test('long lists are cut short, in faults and in the JSON Schema', () => {
    const values = Array.from({ length: 1000 }, (_, i) => `value ${i}`);
    const spec: CategoryColumnSpec = { ...colours, values };
    expect(read(spec, 'no')).toMatch(/"value 19", and 980 more$/);
    expect(categoryColumn.jsonSchema(spec)).not.toHaveProperty('enum');
    expect(categoryColumn.jsonSchema(colours)).toHaveProperty('enum', colours.values);
  });
});
