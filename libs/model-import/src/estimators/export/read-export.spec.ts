import { ModelImportError } from '../../files/bytes/model-import.error';
import { parseJson } from '../../files/json/parse-json';
import { Conversion } from '../../assembly/conversion';
import { InputColumn } from '../layout/input-column';
import { Layout } from '../layout/layout';
import { openExport } from './read-export';

const document = {
  format: 'linear-classifier-export',
  sklearnVersion: '1.9.1',
  features: ['a', 'b'],
  preprocessing: [
    { type: 'standardize', center: [1, 2], scale: null },
    { type: 'affine', multiply: [1, 2], add: [3, 4], clip: [0, 1] },
  ],
  classes: ['no', 'yes'],
  coefficients: [[1, 2]],
  intercepts: [3],
  probability: 'sigmoid',
  cases: [{ input: [1, 2], label: 'no' }],
};

const read = (changes: Readonly<Record<string, unknown>>) =>
  openExport(parseJson(Buffer.from(JSON.stringify({ ...document, ...changes }))));

describe('openExport', () => {
  it('reads what the snippet writes', () => {
    const found = read({});
    expect(found).toMatchObject({
      input: { count: 2, names: ['a', 'b'] },
      cases: [{ input: [1, 2], label: 'no' }],
      sklearnVersion: '1.9.1',
    });
    const input = Layout.ofInput([new InputColumn('a'), new InputColumn('b')]);
    expect(found.convert(input, new Conversion())).toMatchObject({
      classes: ['no', 'yes'],
      pipeline: document.preprocessing,
      predictor: { coefficients: [[1, 2]], intercepts: [3] },
      output: { type: 'sigmoid' },
    });
  });

  it.each([
    [{ format: 'other' }, /of the format "other"/],
    [{ probability: 'guess' }, /probability: is not a rule/],
    [{ coefficients: [[1]] }, /coefficients: are not 2 numbers/],
    [{ features: [] }, /^features: is not a list of text/],
    [{ features: 'a' }, /^features: is not a list/],
    [{ preprocessing: [{ type: 'pca' }] }, /neither standardize nor affine/],
    [{ preprocessing: ['x'] }, /preprocessing: is not an object/],
    [
      { preprocessing: [{ type: 'standardize', center: [1], scale: null }] },
      /1 numbers for 2 features/,
    ],
    [{ coefficients: [[1, 'x']] }, /coefficients: is not a list of finite numbers/],
    [{ intercepts: null }, /intercepts: is not a list/],
    [{ classes: [0.5, 1] }, /classes: are not text, integers or booleans/],
    [{ cases: undefined }, /cases: is not a list/],
  ])('refuses %j', (changes, reason) => {
    expect(() => read(changes)).toThrow(ModelImportError);
    expect(() => read(changes)).toThrow(reason);
  });

  it('does not count brackets in text as nesting', () => {
    expect(read({ features: ['['.repeat(1000), '\\"['] }).input.count).toBe(2);
  });
});
