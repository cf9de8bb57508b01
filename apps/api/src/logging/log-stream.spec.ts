import { Writable } from 'node:stream';
import { LogStream } from './log-stream';

/** Takes nothing until it is told to. */
function slowReader(): { target: Writable; text: () => string; read: () => void } {
  let text = '';
  let pending: (() => void) | undefined;
  let blocked = true;
  const target = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      text += chunk;
      if (blocked) pending = done;
      else done();
    },
  });
  const read = (): void => {
    blocked = false;
    pending?.();
  };
  return { target, text: () => text, read };
}

describe(LogStream.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('collects lines for 100 ms, or until there is a block of them', () => {
    const { target, text, read } = slowReader();
    read();
    const stream = new LogStream(target);
    stream.write('a\n');
    stream.write('b\n');
    expect(text()).toBe('');
    jest.advanceTimersByTime(100);
    expect(text()).toBe('a\nb\n');
    stream.write(`${'c'.repeat(32_767)}\n`);
    expect(text()).toHaveLength(4 + 32_768);
  });

  test('drops and counts whole lines while nobody reads, and goes on when somebody does', async () => {
    const { target, text, read } = slowReader();
    const stream = new LogStream(target);
    const line = `${'x'.repeat(1_023)}\n`;
    for (let i = 0; i < 5_000; i++) stream.write(line);
    // 1 MiB is 1024 lines; the block that crosses the bound is kept.
    expect(5_000 - stream.dropped).toBeGreaterThanOrEqual(1_024);
    expect(5_000 - stream.dropped).toBeLessThanOrEqual(1_024 + 32);
    jest.useRealTimers();
    read();
    await new Promise((resolve) => setImmediate(resolve));
    const before = stream.dropped;
    stream.write('last\n');
    stream.flush();
    expect(stream.dropped).toBe(before);
    expect(
      text()
        .split('\n')
        .slice(0, -2)
        .every((each) => each.length === 1_023),
    ).toBe(true);
    expect(text().endsWith('\nlast\n')).toBe(true);
  });

  test('a target that fails does not end the process, and what it did not take is counted', async () => {
    jest.useRealTimers();
    const target = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    const stream = new LogStream(target);
    stream.write('a\n');
    stream.write('b\n');
    expect(() => stream.flush()).not.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.dropped).toBe(2);
  });
});
