import { printable } from './printable';

test.each([
  ['plain text', 'Größe/cm: 名前 😀', 'Größe/cm: 名前 😀'],
  ['lines', 'a\nb\n', 'a\nb\n'],
  ['colours and the end of the screen', 'a\u001b[31mb\u001b[2J', 'a\\u001b[31mb\\u001b[2J'],
  ['a line written over', 'import possible\rno', 'import possible\\u000dno'],
  ['control characters of eight bits', '\u009b31m\u007f\u0007', '\\u009b31m\\u007f\\u0007'],
  ['letters turned around', 'a\u202egnp.exe\u2066', 'a\\u202egnp.exe\\u2066'],
  ['other line ends', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
])('%s', (_, text, expected) => {
  expect(printable(text)).toBe(expected);
});
