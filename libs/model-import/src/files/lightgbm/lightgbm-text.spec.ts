import { isLightGbmText, numbersOfLine, readLightGbmText } from './lightgbm-text';

const TEXT = [
  'tree',
  'version=v4',
  'objective=binary sigmoid:1',
  'average_output',
  'feature_names=größe b=c',
  '',
  'Tree=0',
  'num_leaves=2',
  'threshold=1.5',
  '',
  'Tree=1',
  'num_leaves=1',
  'leaf_value=0.25',
  '',
  'end of trees',
  '',
  'feature_importances:',
  'Tree=9',
  'pandas_categorical:[["a","b"]]',
].join('\n');

describe('readLightGbmText', () => {
  it.each(['\n', '\r\n'])('reads header, trees and categories with line ends %j', (end) => {
    const text = readLightGbmText(Buffer.from(TEXT.replaceAll('\n', end)));
    expect(text.header.get('objective')).toBe('binary sigmoid:1');
    expect(text.header.get('average_output')).toBe('');
    expect(text.header.get('feature_names')).toBe('größe b=c');
    expect(text.trees.map((tree) => tree.get('num_leaves'))).toEqual(['2', '1']);
    expect(text.pandasCategorical).toEqual([['a', 'b']]);
  });

  it('knows the format by its first line', () => {
    expect(isLightGbmText(Buffer.from(TEXT))).toBe(true);
    expect(isLightGbmText(Buffer.from('trees are green'))).toBe(false);
  });

  it('refuses a file without its end, and a line that is stated twice', () => {
    expect(() => readLightGbmText(Buffer.from(TEXT.slice(0, 90)))).toThrow(/end of trees/);
    expect(() => readLightGbmText(Buffer.from('tree\na=1\na=2\nend of trees'))).toThrow(/twice/);
  });

  it('reads numbers between single spaces', () => {
    expect([...numbersOfLine('1 -2.5e-3 nan')]).toEqual([1, -0.0025, NaN]);
    expect(numbersOfLine('')).toHaveLength(0);
  });
});
