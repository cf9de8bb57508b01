import fc from 'fast-check';
import { RingTable } from './ring-table';

type Step =
  | { readonly do: 'push'; readonly row: number; readonly value: number }
  | { readonly do: 'shift' | 'pop' | 'reopen'; readonly row: number };

describe(RingTable.name, () => {
  const rows = 5;
  const row = fc.nat({ max: rows - 1 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('push' as const), row, value: fc.double() }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('shift', 'pop'), row }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), row }) },
  );

  test('behaves as that many arrays', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: 'max' }), (steps) => {
        const table = new RingTable();
        const ids = Array.from({ length: rows }, () => table.open());
        const arrays: number[][] = ids.map(() => []);
        for (const each of steps) {
          const id = ids[each.row]!;
          const array = arrays[each.row]!;
          if (each.do === 'push') {
            table.push(id, each.value);
            array.push(each.value);
          } else if (each.do === 'reopen') {
            table.close(id);
            ids[each.row] = table.open();
            arrays[each.row] = [];
          } else if (array.length > 0) {
            table[each.do](id);
            array[each.do]();
          }
        }
        for (const [k, id] of ids.entries()) {
          const values = Array.from({ length: table.length(id) }, (_, i) => table.at(id, i));
          expect(values).toEqual(arrays[k]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('has room for thousands of rows, and uses closed ones again', () => {
    const table = new RingTable();
    const ids = Array.from({ length: 3_000 }, (_, i) => {
      const id = table.open();
      for (let value = 0; value < 20; value++) table.push(id, i * 100 + value);
      return id;
    });
    expect(ids.map((id) => [table.length(id), table.at(id, 0), table.at(id, 19)])).toEqual(
      ids.map((_, i) => [20, i * 100, i * 100 + 19]),
    );
    for (const id of ids) table.close(id);
    expect(new Set(Array.from({ length: 3_000 }, () => table.open()))).toEqual(new Set(ids));
  });
});
