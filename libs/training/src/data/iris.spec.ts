import reference from '../../../../test/reference/iris-split.json';
import { selectRows } from './dataset';
import { IRIS } from './iris';
import { IRIS_SPLIT } from './iris-split';

describe('IRIS', () => {
  it("holds the rows and labels of scikit-learn's load_iris", () => {
    expect(IRIS.rows).toEqual(reference.X);
    expect(IRIS.labels).toEqual(reference.y);
    expect(IRIS.classes).toEqual(reference.targetNames);
  });

  it('names its columns in the order of the values', () => {
    const spoken = IRIS.features.map(({ name, unit }) => `${name.replace('_', ' ')} (${unit})`);
    expect(spoken).toEqual(reference.featureNames);
  });
});

describe('IRIS_SPLIT', () => {
  it('is train_test_split(test_size=0.2, random_state=42), in its order', () => {
    expect(IRIS_SPLIT.testIndices).toEqual(reference.testIndices);
    expect(IRIS_SPLIT.trainIndices).toEqual(reference.trainIndices);
  });

  it('takes every row once, and 10, 9 and 11 of the classes to test', () => {
    const all = [...IRIS_SPLIT.trainIndices, ...IRIS_SPLIT.testIndices].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 150 }, (_, row) => row));
    const { labels } = selectRows(IRIS, IRIS_SPLIT.testIndices);
    expect([0, 1, 2].map((k) => labels.filter((label) => label === k).length)).toEqual([10, 9, 11]);
  });
});

describe('selectRows', () => {
  it('takes rows with their labels, in the order asked for', () => {
    const data = { rows: [[1], [2], [3]], labels: [7, 8, 9] };
    expect(selectRows(data, [2, 0])).toEqual({ rows: [[3], [1]], labels: [9, 7] });
  });
});
