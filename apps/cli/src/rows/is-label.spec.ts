import { isLabel } from './is-label';

describe('isLabel', () => {
  it.each([
    ['setosa', 'setosa'],
    [1, '1'],
    [1, '1.0'],
    [1, '+1'],
    [-1, '-1.'],
    [0, '-0'],
    [1.5, '1.5'],
    [1000, '1e3'],
    [true, 'True'],
    [false, 'false'],
    [9007199254740991, '9007199254740991'],
    [9007199254740992, '9007199254740992.0'],
  ])('%j is written %s', (label, text) => expect(isLabel(label, text)).toBe(true));

  it.each([
    ['setosa', 'Setosa'],
    ['1', '1.0'],
    [0, ''],
    [1, '1.5'],
    [1, 'one'],
    [1.5, '1'],
    [true, '1'],
    // Number('9007199254740993') is 9007199254740992.
    [9007199254740992, '9007199254740993'],
    [9007199254740992, '9007199254740993.0'],
    [-9007199254740992, '-9007199254740993'],
  ])('%j is not written %s', (label, text) => expect(isLabel(label, text)).toBe(false));
});
