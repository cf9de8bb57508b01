import { keySlot } from './key-slot';
import { limitKeyPrefix, probeKey } from './limit-key';

describe(limitKeyPrefix.name, () => {
  test('names prefix, policy, window and form of the count', () => {
    expect(limitKeyPrefix('shop', 'predict', 60_000, 10)).toBe('shop:predict:60s:requests:');
    expect(limitKeyPrefix('shop', 'predict', 1_500, 10)).toBe('shop:predict:1500ms:requests:');
    expect(limitKeyPrefix('shop', 'predict', 60_000, 1_000_000)).toBe('shop:predict:60s:buckets:');
  });

  test('a changed limit keeps the key, a changed window does not', () => {
    const key = limitKeyPrefix('p', 'predict', 60_000, 10);
    expect(limitKeyPrefix('p', 'predict', 60_000, 100)).toBe(key);
    expect(limitKeyPrefix('p', 'predict', 1_000, 10)).not.toBe(key);
  });
});

describe(probeKey.name, () => {
  test.each([
    ['ratelimit:predict:60s:requests:192.0.2.1', 'ratelimit:'],
    ['{tagged}:predict:60s:requests:192.0.2.1', '{tagged}:'],
  ])('of %s is another key in the same slot, under the same prefix', (key, prefix) => {
    expect(probeKey(key)).not.toBe(key);
    expect(keySlot(probeKey(key))).toBe(keySlot(key));
    expect(probeKey(key).startsWith(prefix)).toBe(true);
  });
});
