import { keyOfBits, LARGEST_KEY, nextBelow, SMALLEST_KEY, thresholdKey } from './float32-order';

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

function key(value: number): number {
  float[0] = value;
  return keyOfBits(bits[0]!);
}

/** Float32 numbers around every boundary: zeros, subnormals, powers of two, infinities. */
function edgeNumbers(): number[] {
  const magnitudes = [
    0, 1, 2, 3, 0x7f_ff_ff, 0x80_00_00, 0x3f_80_00_00, 0x7f_7f_ff_ff, 0x7f_80_00_00,
  ];
  return magnitudes.flatMap((magnitude) =>
    [-1, 0, 1].flatMap((step) => {
      const word = magnitude + step;
      if (word < 0 || word > 0x7f_80_00_00) return [];
      bits[0] = word;
      return [float[0]!, -float[0]!];
    }),
  );
}

describe('order of float32 numbers as integers', () => {
  const numbers = edgeNumbers();
  const thresholds = [
    ...numbers,
    ...numbers.flatMap((number) => [number * (1 + 2 ** -40), number * (1 - 2 ** -40)]),
    1e300,
    -1e300,
    1e-300,
    -1e-300,
  ].filter((threshold) => !Number.isNaN(threshold));

  test.each(['<=', '<'] as const)('x %s threshold is a comparison of keys', (comparison) => {
    const wrong = thresholds.flatMap((threshold) =>
      numbers
        .filter((x) => {
          const goesLeft = comparison === '<=' ? x <= threshold : x < threshold;
          return key(x) <= thresholdKey(threshold, comparison) !== goesLeft;
        })
        .map((x) => [x, threshold]),
    );
    expect(wrong).toEqual([]);
  });

  test('the outermost keys are beyond every number and every threshold', () => {
    for (const number of numbers) {
      expect(key(number)).toBeLessThan(LARGEST_KEY);
      expect(key(number)).toBeGreaterThan(SMALLEST_KEY);
    }
    for (const threshold of thresholds) {
      for (const comparison of ['<=', '<'] as const) {
        expect(LARGEST_KEY).toBeGreaterThan(thresholdKey(threshold, comparison));
        expect(SMALLEST_KEY).toBeLessThanOrEqual(thresholdKey(threshold, comparison));
      }
    }
  });

  test('random pairs', () => {
    let state = 1;
    const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
    for (let i = 0; i < 100_000; i++) {
      bits[0] = next() | 0;
      const x = float[0]!;
      bits[0] = i % 2 === 0 ? next() | 0 : bits[0]! + (next() % 3) - 1;
      const threshold = float[0]! * (1 + ((next() % 3) - 1) * 2 ** -45);
      if (Number.isNaN(x) || Number.isNaN(threshold)) continue;
      if (key(x) <= thresholdKey(threshold, '<=') !== x <= threshold)
        throw new Error(`${x} <= ${threshold}`);
      if (key(x) <= thresholdKey(threshold, '<') !== x < threshold)
        throw new Error(`${x} < ${threshold}`);
    }
  });
});

describe(nextBelow.name, () => {
  test.each([
    [1, 1 - 2 ** -53],
    [-1, -1 - 2 ** -52],
    [0, -Number.MIN_VALUE],
    [-0, -Number.MIN_VALUE],
    [Number.MIN_VALUE, 0],
    [Infinity, Number.MAX_VALUE],
    [-Infinity, -Infinity],
    [-Number.MAX_VALUE, -Infinity],
  ])('below %d is %d', (value, below) => {
    expect(nextBelow(value)).toBe(below);
  });
});
