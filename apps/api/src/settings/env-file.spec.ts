import { parse } from 'dotenv';
import { envFileFaults } from './env-file';

const faults = (text: string, encoding: BufferEncoding = 'utf8') =>
  envFileFaults(Buffer.from(text, encoding));

describe(envFileFaults.name, () => {
  test.each([
    '',
    'PORT=8000\n# a comment#with more\n\nHOST=::\r\n',
    '\uFEFFPORT=8000',
    'PORT=8000 # a comment',
    'PORT=8000\t# a comment',
    'PORT=#',
    "REDIS_PASSWORD='ab#cd'",
    'export REDIS_PASSWORD="ab#cd"',
    'A=`x#y`',
  ])('%j is good', (text) => {
    expect(faults(text)).toEqual([]);
  });

  test.each([
    'REDIS_PASSWORD=ab#cd',
    ' export REDIS_PASSWORD = ab#cd # comment',
    'REDIS_PASSWORD=a b#c',
  ])('%j would be cut off at the #, and the line is named without the value', (line) => {
    expect(parse(line)['REDIS_PASSWORD']).not.toContain('#');
    const [fault, ...more] = faults(`PORT=1\n${line}\n`);
    expect(fault).toMatch(/^line 2: the value of REDIS_PASSWORD holds a #.*REDIS_PASSWORD='…'$/);
    expect(fault).not.toContain('cd');
    expect(more).toEqual([]);
  });

  test('UTF-16 is refused with and without a byte order mark, in both byte orders', () => {
    const littleEndian = Buffer.from('\uFEFFRATE_LIMIT=7\r\n', 'utf16le');
    const bigEndian = Buffer.from(littleEndian).swap16();
    for (const bytes of [
      littleEndian,
      bigEndian,
      littleEndian.subarray(2),
      bigEndian.subarray(2),
    ]) {
      expect(envFileFaults(bytes)).toEqual([expect.stringMatching(/UTF-16.*UTF-8/)]);
    }
  });
});
