import { keySlot } from './key-slot';

describe(keySlot.name, () => {
  test('is the CRC-16/XMODEM of the cluster specification, whose check value is 0x31C3', () => {
    expect(keySlot('123456789')).toBe(0x31c3 % 16_384);
    expect(keySlot('probe')).toBe(5_258);
  });

  test.each([
    ['{user1000}.following', 'user1000'],
    ['foo{bar}{zap}', 'bar'],
    ['foo{{bar}}zap', '{bar'],
  ])('%s hashes as %s', (key, tag) => {
    expect(keySlot(key)).toBe(keySlot(tag));
  });

  test('an empty tag is none', () => {
    expect(keySlot('foo{}{bar}')).not.toBe(keySlot('bar'));
  });
});
