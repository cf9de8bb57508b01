import fc from 'fast-check';
import { UnsharedHitLog } from './unshared-hits';

describe(UnsharedHitLog.name, () => {
  let now: number;
  const create = (maxClients?: number) => new UnsharedHitLog(maxClients, () => now);
  const all = () => true;
  beforeEach(() => {
    now = 1_000;
  });

  test('hands out each request once, by its age', () => {
    const log = create();
    log.add('k', 5, 100);
    now += 30;
    log.add('k', 5, 100);
    now += 10;
    expect(log.take(10, all)).toEqual([
      { key: 'k', limit: 5, windowMs: 100, ages: [40, 10], counts: [1, 1] },
    ]);
    expect(log.take(10, all)).toEqual([]);
    expect(log.size).toBe(0);
  });

  test('leaves out what has left its window', () => {
    const log = create();
    log.add('k', 5, 100);
    now += 60;
    log.add('k', 5, 100);
    now += 40;
    expect(log.take(10, all)).toMatchObject([{ ages: [40] }]);
    log.add('gone', 5, 100);
    now += 100;
    expect(log.take(10, all)).toEqual([]);
  });

  test('takes so many clients and those alone that are chosen, the longest silent first', () => {
    const log = create();
    for (const key of ['a', 'b', 'c', 'a']) log.add(key, 5, 100);
    expect(log.take(1, all).map(({ key }) => key)).toEqual(['b']);
    expect(log.take(5, (key) => key === 'a').map(({ key }) => key)).toEqual(['a']);
    expect(log.size).toBe(1);
  });

  test('what is put back has become older, and comes before what was added since', () => {
    const log = create();
    log.add('k', 5, 1_000);
    now += 100;
    const taken = log.take(1, all);
    log.add('k', 5, 1_000);
    now += 50;
    log.putBack(taken, 50);
    expect(log.take(1, all)).toMatchObject([{ ages: [150, 50], counts: [1, 1] }]);
  });

  test('is bounded, and forgets the client whose last request is the oldest', () => {
    const log = create(2);
    for (const key of ['a', 'b', 'a', 'c']) log.add(key, 5, 100);
    expect(log.take(9, all).map(({ key }) => key)).toEqual(['a', 'c']);
    log.putBack(
      ['x', 'y', 'z'].map((key) => ({ key, limit: 5, windowMs: 100, ages: [0], counts: [1] })),
      0,
    );
    expect(log.size).toBe(2);
  });

  test('forgets as a list in the order of the last requests would', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ add: key }) },
      { weight: 1, arbitrary: fc.record({ take: key, back: fc.boolean() }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const log = new UnsharedHitLog(3, () => 0);
        let list: string[] = [];
        for (const each of steps) {
          if ('add' in each) {
            list = [...list.filter((known) => known !== each.add), each.add].slice(-3);
            log.add(each.add, 10, 100);
            continue;
          }
          const taken = log.take(1, (known) => known === each.take);
          expect(taken).toHaveLength(list.includes(each.take) ? 1 : 0);
          list = list.filter((known) => known !== each.take);
          if (!each.back || taken.length === 0) continue;
          log.putBack(taken, 0);
          list.push(each.take);
        }
        expect(log.take(9, () => true).map(({ key: known }) => known)).toEqual(list);
      }),
    );
  });

  test('forgets clients whose window has ended as others come', () => {
    const log = create();
    log.add('a', 5, 100);
    now += 100;
    log.add('b', 5, 100);
    expect(log.size).toBe(1);
  });

  test('above the exact limits a window takes a bounded number of entries, none older than it was', () => {
    const log = create();
    const times: number[] = [];
    for (let i = 0; i < 20_000; i++) {
      now += 0.05;
      times.push(now);
      log.add('k', 50_000, 1_000);
    }
    const [hits] = log.take(1, all);
    const { ages, counts } = hits!;
    expect(ages.length).toBeLessThanOrEqual(201);
    expect(counts.reduce((sum, count) => sum + count)).toBe(
      times.filter((time) => time > now - 1_000).length,
    );
    let i = times.length - counts.reduce((sum, count) => sum + count);
    for (const [k, age] of ages.entries()) {
      // All requests of an entry carry the time of its latest, at most a bucket's width later than their own.
      const own = times.slice(i, (i += counts[k]!));
      expect(now - age).toBeCloseTo(own.at(-1)!, 6);
      expect(own.at(-1)! - own[0]!).toBeLessThan(10);
    }
  });
});
