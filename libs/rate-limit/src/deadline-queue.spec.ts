import { setTimeout as sleep } from 'node:timers/promises';
import { DeadlineQueue } from './deadline-queue';

describe(DeadlineQueue.name, () => {
  const queue = new DeadlineQueue(50, () => new Error('too late'));
  afterAll(() => queue.stop());

  test('hands on what comes in time, value or error', async () => {
    await expect(queue.within(Promise.resolve(7))).resolves.toBe(7);
    await expect(queue.within(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  test('gives up after the limit, not before, for each on its own', async () => {
    const started = performance.now();
    const times: number[] = [];
    const give = () =>
      queue.within(new Promise(() => undefined)).catch((error: Error) => {
        times.push(performance.now() - started);
        return error.message;
      });
    const first = give();
    await sleep(30);
    const quick = queue.within(sleep(10).then(() => 'quick'));
    const second = give();
    expect(await Promise.all([first, quick, second])).toEqual(['too late', 'quick', 'too late']);
    expect(times[0]).toBeGreaterThanOrEqual(49);
    expect(times[1]).toBeGreaterThanOrEqual(79);
    expect(times[1]).toBeLessThan(200);
  });

  test('an answer that came while the process was busy is not called late', async () => {
    const pending = queue.within(sleep(20).then(() => 'there'));
    const until = performance.now() + 120;
    while (performance.now() < until);
    await expect(pending).resolves.toBe('there');
  });

  test('after the process was busy, the other side gets as long again, and no longer', async () => {
    let answer!: (value: string) => void;
    const pending = queue.within(new Promise<string>((resolve) => (answer = resolve)));
    const never = queue.within(new Promise(() => undefined));
    const until = performance.now() + 80;
    while (performance.now() < until);
    setTimeout(() => answer('there'), 10);
    await expect(pending).resolves.toBe('there');
    const started = performance.now();
    await expect(never).rejects.toThrow('too late');
    expect(performance.now() - started).toBeLessThan(80);
  });
});
