import { sealArtifact } from '@inferserve/model';
import { checkRows } from './check-rows';

/** Class 1 where b − a is above zero. */
const artifact = sealArtifact({
  name: 'check',
  version: '1',
  input: { features: [{ name: 'a' }, { name: 'b' }] },
  preprocessing: [],
  classes: [0, 1],
  model: { type: 'linear', coefficients: [[-1, 1]], intercepts: [0], probability: 'sigmoid' },
  verification: { tolerance: 1e-12, cases: [{ input: [0, 1], label: 1 }] },
  provenance: { source: 'imported' },
});

describe('checkRows', () => {
  it('finds columns by name, the classes in the last one', () => {
    const { metrics, mostFrequent } = checkRows(
      artifact,
      'b,other,a,y\n2,x,1,1\n1,x,2,0\n1,x,3,1.0\n',
    );
    expect(metrics).toMatchObject({
      n: 3,
      accuracy: 2 / 3,
      confusionMatrix: [
        [1, 0],
        [1, 1],
      ],
    });
    expect(mostFrequent).toEqual({ label: 1, share: 2 / 3 });
  });

  it('takes the classes from another column', () => {
    expect(checkRows(artifact, 'y,a,b\n1,1,2\n', 'y').metrics.accuracy).toBe(1);
  });

  it('compares truth as Python and JSON write it', () => {
    const boolean = sealArtifact({
      ...artifact,
      classes: [false, true],
      verification: { tolerance: 1e-12, cases: [{ input: [0, 1], label: true }] },
    });
    expect(checkRows(boolean, 'a,b,y\n1,2,True\n2,1,false\n').metrics.accuracy).toBe(1);
  });

  // Two columns that differ by a space only: b − a decides, and b is called "a ".
  const spaced = sealArtifact({
    ...artifact,
    input: { features: [{ name: 'a' }, { name: 'a ' }] },
  });

  it('tells columns apart that differ by a space', () => {
    expect(checkRows(spaced, 'a ,a,y\n2,1,1\n1,2,0\n').metrics.accuracy).toBe(1);
    expect(() => checkRows(spaced, 'a,b,y\n1,2,0\n')).toThrow(
      /no column "a " among .* "a" differs from it in the spaces around the name/,
    );
    expect(() => checkRows(artifact, 'a, b,y\n1,2,1\n')).toThrow(/no column "b".* " b" differs/);
  });

  it('does not take the column of the classes for a feature of the same name', () => {
    expect(() => checkRows(artifact, 'a,b\n1,2\n', 'b')).toThrow(/no column "b"/);
  });

  it('tells names apart that look the same', () => {
    const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301'];
    const cafe = sealArtifact({
      ...artifact,
      input: { features: [{ name: 'a' }, { name: composed }] },
    });
    expect(() => checkRows(cafe, `a,${decomposed},y\n1,2,1\n`)).toThrow(
      /looks the same but consists of other Unicode characters/,
    );
  });

  it('reads a table with CR line ends, and spaces around numbers and labels', () => {
    expect(checkRows(artifact, 'a,b,y\r1, 2,1\r2 ,1, 0\r').metrics.accuracy).toBe(1);
  });

  it('shortens long lists', () => {
    const columns = Array.from({ length: 30 }, (_, i) => `c${i}`);
    expect(() => checkRows(artifact, `${columns.join(',')}\n${columns.join(',')}`)).toThrow(
      /"c19", … \(10 more\)/,
    );
  });

  it.each([
    ['a,b,y\n', /no rows/],
    ['a,y\n1,0\n', /line 1: there is no column "b" among "a", "y"/],
    ['a,b\n1,2\n', /no column "b" .*classes are taken from "b"/],
    ['a,b,y\n1,2,0\n1,x,0\n', /line 3, column "b": "x" is not a number/],
    ['a,b,y\n1,,0\n', /line 2, column "b": "" is not a number/],
    ['a,b,y\n1,2,7\n', /line 2, column "y": "7" is none of the classes 0, 1/],
    ['a,b,y\n1,2\n', /line 2: has 2 fields, but the header has 3/],
    ['a,a,b,y\n1,2,3,0\n', /line 1: 2 columns are called "a"/],
    ['a;b;y\n1;2;0\n', /no column "a" among "a;b;y".* separated by semicolons: save/],
    ['a\tb\ty\n1\t2\t0\n', /separated by tabs/],
  ])('rejects %j', (csv, reason) => {
    expect(() => checkRows(artifact, csv)).toThrow(reason);
  });
});
