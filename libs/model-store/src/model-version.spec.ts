import fc from 'fast-check';
import {
  compareVersions,
  isModelVersion,
  isPreRelease,
  newestVersion,
  versionAfter,
} from './model-version';

describe('isModelVersion', () => {
  it.each([
    '1',
    '10',
    '007',
    '2.0',
    'v2',
    'V1.4',
    '1.2.3.4',
    '1.0.0-rc1',
    '1.0.0-rc.1+build.7',
    '2-beta',
    '2026-01-31',
    '20260131-143000',
    '2026-01-31T14-30-00Z',
    '9'.repeat(64),
  ])('accepts %s', (text) => expect(isModelVersion(text)).toBe(true));

  it.each([
    '',
    '2.bak',
    'latest',
    'lost+found',
    '..data',
    '.1',
    '1.',
    '1..2',
    'v',
    'v-1',
    '-1',
    '1.0.0-',
    '1 2',
    '1/2',
    '../1',
    '1\n',
    '١',
    '1.0.0rc1',
    '3.tmp-81',
    '2026-01-31.bak',
    '20260131-143000-copy',
    '9'.repeat(65),
  ])('does not accept %j', (text) => expect(isModelVersion(text)).toBe(false));
});

describe('compareVersions', () => {
  // The last line of each is an example of Semantic Versioning 2.0.0, section 11.
  it.each([
    [['1', '2', '9', '10', '100']],
    [['1', 'v2', '2.0.1', '2.1', '2.10', '10']],
    [['0.9', '1.0.0-rc1', '1.0.0', '1.0.1']],
    [['2026-01-31', '2026-02-01', '2026-10-01', '2026-10-01T08-00-00Z']],
    [['20260131', '20260131-090000', '20260131-143000', '20260201']],
    // 2^53 and 2^53 + 1 are the same number in floating point.
    [['v9007199254740992', '9007199254740993', '90071992547409920']],
    [['1.0.0', '2.0.0', '2.1.0', '2.1.1']],
    [
      [
        '1.0.0-alpha',
        '1.0.0-alpha.1',
        '1.0.0-alpha.beta',
        '1.0.0-beta',
        '1.0.0-beta.2',
        '1.0.0-beta.11',
        '1.0.0-rc.1',
        '1.0.0',
      ],
    ],
  ])('orders %j as it stands', (ordered) => {
    for (const [i, older] of ordered.entries()) {
      for (const newer of ordered.slice(i + 1)) {
        expect(compareVersions(older, newer)).toBeLessThan(0);
        expect(compareVersions(newer, older)).toBeGreaterThan(0);
      }
    }
  });

  it('orders versions of equal precedence always in the same way', () => {
    const equal = ['2.0', 'v2', '02', '2+b', '2'];
    expect(equal.toSorted(compareVersions)).toEqual(equal.toReversed().toSorted(compareVersions));
    expect(compareVersions('2', '2')).toBe(0);
  });

  it('compares no text that is not a version', () => {
    expect(() => compareVersions('1', '2.bak')).toThrow(/"2\.bak" is not a version\. Use a whole/);
  });
});

describe('newestVersion', () => {
  it.each([
    [['9', '10', '2.0'], '10'],
    [['1.0.0-rc1', '1.0.0'], '1.0.0'],
    [['1', '2.0-rc1'], '1'],
    [['10', 'v2'], '10'],
    [['v10', '2'], 'v10'],
    [['1.0.0-rc1'], undefined],
    [[], undefined],
  ])('of %j is %s', (versions, newest) => expect(newestVersion(versions)).toBe(newest));

  it('leaves its argument alone', () => {
    const versions = Object.freeze(['2', '1']);
    expect(newestVersion(versions)).toBe('2');
  });
});

describe('versionAfter', () => {
  it.each([
    [[], '1'],
    [['1', '2'], '3'],
    [['2.0'], '3'],
    [['v9.9.9'], '10'],
    [['1', '3.0-rc1'], '4'],
    [['9007199254740993'], '9007199254740994'],
  ])('%j is %s', (versions, next) => expect(versionAfter(versions)).toBe(next));

  const part = fc.nat({ max: 30 });
  const version = fc
    .record({
      v: fc.constantFrom('', 'v'),
      parts: fc.array(part, { minLength: 1, maxLength: 4 }),
      preRelease: fc.constantFrom('', '', '-rc.1', '-2'),
    })
    .map(({ v, parts, preRelease }) => `${v}${parts.join('.')}${preRelease}`);

  it('is the newest afterwards', () => {
    fc.assert(
      fc.property(fc.array(version), (versions) => {
        const next = versionAfter(versions);
        expect(isPreRelease(next)).toBe(false);
        expect(newestVersion([...versions, next])).toBe(next);
      }),
    );
  });
});
