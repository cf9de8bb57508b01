import { createHash } from 'node:crypto';
import { datasetDigest } from './dataset-digest';
import { IRIS } from './iris';

describe('datasetDigest', () => {
  it('of Iris is the SHA-256 of the file iris.csv in scikit-learn 1.9.1', () => {
    expect(datasetDigest(IRIS)).toBe(
      'sha256:f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449',
    );
  });

  it('hashes the stated form', () => {
    const text = '2,2,no,yes\n5.0,-0.25,1\n1e-7,3.0,0\n';
    expect(
      datasetDigest({
        name: 'small',
        features: [{ name: 'a' }, { name: 'b' }],
        classes: ['no', 'yes'],
        rows: [
          [5, -0.25],
          [1e-7, 3],
        ],
        labels: [1, 0],
      }),
    ).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`);
  });
});
