import { CircuitBreaker } from './circuit-breaker';

describe(CircuitBreaker.name, () => {
  const changes: string[] = [];
  let probe: jest.Mock<Promise<unknown>, []>;
  let breaker: CircuitBreaker;

  beforeEach(() => {
    jest.useFakeTimers();
    changes.length = 0;
    probe = jest.fn<Promise<unknown>, []>().mockRejectedValue(new Error('down'));
    breaker = new CircuitBreaker({
      threshold: 3,
      probeIntervalMs: 100,
      probe,
      onChange: (state, cause) => changes.push(cause instanceof Error ? cause.message : state),
    });
  });
  afterEach(() => {
    breaker.stop();
    jest.useRealTimers();
  });

  const fail = (times: number): void => {
    for (let i = 0; i < times; i++) breaker.failure(new Error(`failure ${i}`));
  };

  test('stays closed below the threshold, and a success starts the count anew', () => {
    fail(2);
    breaker.success();
    fail(2);
    expect(breaker.isOpen).toBe(false);
    expect(changes).toEqual([]);
  });

  test('opens once at the threshold and says so once', () => {
    fail(5);
    expect(breaker.isOpen).toBe(true);
    expect(changes).toEqual(['failure 2']);
  });

  test('opens at once when told to', () => {
    breaker.open(new Error('connection lost'));
    breaker.open(new Error('again'));
    expect(changes).toEqual(['connection lost']);
  });

  test('probes at the interval, closes when a probe succeeds, and counts anew', async () => {
    breaker.open(new Error('lost'));
    await jest.advanceTimersByTimeAsync(250);
    expect(probe).toHaveBeenCalledTimes(2);
    expect(breaker.isOpen).toBe(true);
    probe.mockResolvedValue('fine');
    await jest.advanceTimersByTimeAsync(100);
    expect(breaker.isOpen).toBe(false);
    expect(changes).toEqual(['lost', 'closed']);
    fail(2);
    expect(breaker.isOpen).toBe(false);
  });

  test('after stop there are no more probes, not even one that is under way', async () => {
    breaker.open(new Error('lost'));
    probe.mockImplementation(async () => breaker.stop());
    await jest.advanceTimersByTimeAsync(1000);
    expect(probe).toHaveBeenCalledTimes(1);
    expect(changes).toEqual(['lost']);
  });
});
