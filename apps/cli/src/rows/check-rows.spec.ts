import { sealArtifact } from '@inferserve/model';
import { type ClassCheck, checkRows } from './check-rows';

/** Class 1 where b − a is above zero. */
const artifact = sealArtifact({
  name: 'check',
  version: '1',
  task: 'classification',
  columns: [
    { type: 'number', name: 'a' },
    { type: 'number', name: 'b' },
  ],
  pipeline: [],
  classes: [0, 1],
  predictor: { type: 'linear', coefficients: [[-1, 1]], intercepts: [0] },
  output: { type: 'sigmoid' },
  verification: { tolerance: 1e-12, cases: [{ input: [0, 1], label: 1 }] },
  provenance: { source: 'imported' },
});

const classCheck = (...args: Parameters<typeof checkRows>) => checkRows(...args) as ClassCheck;

describe('checkRows', () => {
  it('finds columns by name, the classes in the last one', () => {
    const { metrics, mostFrequent } = classCheck(
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
    expect(classCheck(artifact, 'y,a,b\n1,1,2\n', 'y').metrics.accuracy).toBe(1);
  });

  it('compares truth as Python and JSON write it', () => {
    const boolean = sealArtifact({
      ...artifact,
      classes: [false, true],
      verification: { tolerance: 1e-12, cases: [{ input: [0, 1], label: true }] },
    });
    expect(classCheck(boolean, 'a,b,y\n1,2,True\n2,1,false\n').metrics.accuracy).toBe(1);
  });

  // Two columns that differ by a space only: b − a decides, and b is called "a ".
  const spaced = sealArtifact({
    ...artifact,
    columns: [
      { type: 'number', name: 'a' },
      { type: 'number', name: 'a ' },
    ],
  });

  it('tells columns apart that differ by a space', () => {
    expect(classCheck(spaced, 'a ,a,y\n2,1,1\n1,2,0\n').metrics.accuracy).toBe(1);
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
      columns: [
        { type: 'number', name: 'a' },
        { type: 'number', name: composed! },
      ],
    });
    expect(() => checkRows(cafe, `a,${decomposed},y\n1,2,1\n`)).toThrow(
      /looks the same but consists of other Unicode characters/,
    );
  });

  it('reads a table with CR line ends, and spaces around numbers and labels', () => {
    expect(classCheck(artifact, 'a,b,y\r1, 2,1\r2 ,1, 0\r').metrics.accuracy).toBe(1);
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
    ['a,b,y\n1,2,0\n1,x,0\n', /line 3, column "b": "x": Input should be a number/],
    ['a,b,y\n1,,0\n', /line 2, column "b": "": Input should be a number/],
    ['a,b,y\n1,2,7\n', /line 2, column "y": "7" is none of the classes 0, 1/],
    ['a,b,y\n1,2\n', /line 2: has 2 fields, but the header has 3/],
    ['a,a,b,y\n1,2,3,0\n', /line 1: 2 columns are called "a"/],
    ['a;b;y\n1;2;0\n', /no column "a" among "a;b;y".* separated by semicolons: save/],
    ['a\tb\ty\n1\t2\t0\n', /separated by tabs/],
  ])('rejects %j', (csv, reason) => {
    expect(() => checkRows(artifact, csv)).toThrow(reason);
  });

  it('measures a regressor against true values, with text, booleans and missing cells in the table', () => {
    // 10 · x, plus 1 where the colour is red, plus 2 where it is on; a missing x counts as 3.
    const regressor = sealArtifact({
      name: 'numbers',
      version: '1',
      task: 'regression',
      columns: [
        { type: 'number', name: 'x', nullable: true },
        { type: 'category', name: 'colour', values: ['blue', 'red'], unknown: 'reject' },
        { type: 'boolean', name: 'on' },
      ],
      pipeline: [{ type: 'impute', fill: [3, null, null] }],
      predictor: { type: 'linear', coefficients: [[10, 1, 2]], intercepts: [0] },
      output: { type: 'identity' },
      verification: { tolerance: 1e-12, cases: [{ input: [1, 'red', true], value: 13 }] },
      provenance: { source: 'imported' },
    });
    const table = 'on,x,colour,y\nTrue,1,red,13\nfalse,,blue,30\n0,2,red,22\n';
    const { metrics } = checkRows(regressor, table);
    // One error of 1 in three rows; the truth varies by 434/3 around its mean 65/3.
    expect(metrics).toMatchObject({ n: 3, mae: 1 / 3, rmse: Math.sqrt(1 / 3) });
    expect(() => checkRows(regressor, 'on,x,colour,y\nTrue,1,green,13\n')).toThrow(
      'line 2, column "colour": "green": Input should be one of "blue", "red"',
    );
    expect(() => checkRows(regressor, 'on,x,colour,y\nTrue,1,red,much\n')).toThrow(
      'line 2, column "y": "much" is not a number',
    );
  });
});
