import fc from 'fast-check';
import { RowQueue } from './row-queue';

describe(RowQueue.name, () => {
  test('behaves as a list that rows are appended to and removed from', () => {
    const steps = fc.array(fc.nat({ max: 199 }), { maxLength: 600, size: 'max' });
    fc.assert(
      fc.property(steps, (rows) => {
        const queue = new RowQueue();
        const list: number[] = [];
        const firsts: number[] = [];
        const expected: number[] = [];
        for (const row of rows) {
          const at = list.indexOf(row);
          if (at === -1) {
            queue.add(row);
            list.push(row);
          } else {
            queue.remove(row);
            list.splice(at, 1);
          }
          firsts.push(queue.first);
          expected.push(list[0] ?? -1);
        }
        expect(firsts).toEqual(expected);
      }),
    );
  });
});
