import { compileArtifact, sealArtifact } from '@inferserve/model';
import { graph, node, tensor } from '../../../../../../test/support/onnx-graph';
import { assemble } from '../../../assembly/assemble';
import { ModelImportError } from '../../../files/bytes/model-import.error';
import type { OnnxModel, OnnxNode, OnnxTensor } from '../../../files/onnx/onnx-model';
import { openOnnx } from '../open-onnx';
import { readPreprocessing } from './read-preprocessing';

const [FLOAT, INT64, TEXT] = [1, 7, 8];
const integers = (...numbers: number[]): OnnxTensor => ({
  shape: [numbers.length],
  precision: 'integer',
  numbers,
  text: [],
});
const columns = (types: Readonly<Record<string, number | undefined>>) => ({
  inputs: Object.keys(types).map((name) => ({
    name,
    elementType: types[name],
    shape: [undefined, 1],
  })),
});
/** Powers of ten, so that each digit of the answer is one of the columns. */
const digits = (value: string, count: number) =>
  node('LinearRegressor', value, 'y', {
    coefficients: Array.from({ length: count }, (_, i) => 10 ** i),
    intercepts: [0],
  });

function answers(model: OnnxModel, rows: readonly (readonly (string | number | null)[])[]) {
  const found = openOnnx(model);
  const names = found.input.names ?? Array.from({ length: found.input.count }, (_, j) => `x${j}`);
  const { model: converted, columns: specs } = assemble(found, [], names);
  if (converted.task !== 'regression') throw new Error('not a regressor');
  const { task, output, pipeline, predictor } = converted;
  const artifact = sealArtifact({
    name: 'x',
    version: '1',
    task,
    output,
    columns: specs,
    pipeline,
    predictor,
    provenance: { source: 'imported' },
    verification: { tolerance: 1e-6, cases: [] },
  });
  const compiled = compileArtifact(artifact);
  return rows.map((row) => {
    const answer = compiled.score(row);
    return answer.task === 'regression' ? answer.value : undefined;
  });
}

describe(readPreprocessing.name, () => {
  it('follows one input for each column: side by side, scaled, encoded', () => {
    const model = graph(
      [
        node('Concat', 'age fare', 'numbers', { axis: 1 }),
        node('OneHotEncoder', 'port', 'blocks', { cats_strings: ['C', 'Q'], zeros: 1 }),
        node('Gather', 'deck none', 'decks', { axis: 1 }),
        node('OneHotEncoder', 'decks', 'deckBlocks', { cats_int64s: [3, 1], zeros: 0 }),
        node('Concat', 'blocks deckBlocks', 'all', { axis: -1 }),
        node('Scaler', 'numbers', 'scaled', { offset: [10, 100], scale: [1, 2] }),
        node('Reshape', 'all row', 'encoded'),
        node('Concat', 'scaled encoded', 'table', { axis: 1 }),
        digits('table', 6),
      ],
      { none: integers(0), row: integers(-1, 4) },
      columns({ deck: INT64, port: TEXT, age: FLOAT, fare: FLOAT }),
    );
    expect(openOnnx(model).input.names).toEqual(['deck', 'port', 'age', 'fare']);
    // age - 10, 2·(fare - 100), port is C, port is Q, deck is 3, deck is 1
    expect(
      answers(model, [
        [3, 'Q', 11, 101],
        [1, 'C', 13, 102],
        [1, 'x', 10, 100],
      ]),
    ).toEqual([11021, 100143, 100000]);
    expect(() => answers(model, [[2, 'Q', 11, 101]])).toThrow(/do not fit/);
    expect(() => answers(model, [[1, null, 11, 101]])).toThrow(/do not fit/);
  });

  it('gives numbers to categories, and one number to all others', () => {
    const model = graph(
      [
        node('LabelEncoder', 'size', 'code', {
          keys_strings: ['S', 'L'],
          values_int64s: [1, 2],
          default_int64: 7,
        }),
        node('Cast', 'code', 'number', { to: FLOAT }),
        node('Concat', 'number age', 'table', { axis: 1 }),
        digits('table', 2),
      ],
      {},
      columns({ size: TEXT, age: FLOAT }),
    );
    expect(
      answers(model, [
        ['S', 0],
        ['L', 3],
        ['M', 1],
      ]),
    ).toEqual([1, 32, 17]);
  });

  it('picks columns of one input, fills missing values', () => {
    const model = graph(
      [
        node('ArrayFeatureExtractor', 'X second', 'b'),
        node('ArrayFeatureExtractor', 'X first', 'a'),
        node('Imputer', 'b', 'filled', {
          imputed_value_floats: [5],
          replaced_value_float: Number.NaN,
        }),
        node('Concat', 'filled a', 'table', { axis: 1 }),
        digits('table', 2),
      ],
      { first: integers(0), second: integers(1) },
    );
    expect(
      answers(model, [
        [1, 2],
        [1, null],
      ]),
    ).toEqual([12, 15]);
    expect(() => answers(model, [[null, 2]])).toThrow(/do not fit/);
  });

  it('takes whole numbers that a Cast made for encoders as categories', () => {
    const encoder = node('OneHotEncoder', 'whole', 'blocks', { cats_int64s: [1, 2] });
    const cast = node('Cast', 'X', 'whole', { to: INT64 });
    const model = graph([cast, encoder, node('Flatten', 'blocks', 'table'), digits('table', 4)]);
    expect(
      answers(model, [
        [1, 2],
        [2, 9],
      ]),
    ).toEqual([1001, 10]);
  });

  it('picks columns of a later input, out of those that were picked', () => {
    const model = graph(
      [
        node('Gather', 'table some', 'picked', { axis: 1 }),
        node('Gather', 'picked second', 'one', { axis: -1 }),
        digits('one', 1),
      ],
      { some: integers(2, 1), second: integers(1) },
      {
        inputs: [
          { name: 'id', elementType: FLOAT, shape: [undefined, 1] },
          { name: 'table', elementType: FLOAT, shape: [undefined, 3] },
        ],
      },
    );
    // The only column that counts is table_1.
    expect(answers(model, [[7]])).toEqual([7]);
  });

  it('fills a number that stands for missing values; null is none then', () => {
    const model = graph([
      node('Imputer', 'X', 'table', { imputed_value_floats: [5, 6], replaced_value_float: -1 }),
      digits('table', 2),
    ]);
    expect(answers(model, [[-1, -1]])).toEqual([65]);
    expect(() => answers(model, [[null, 1]])).toThrow(/do not fit/);
  });

  const two = columns({ a: FLOAT, b: TEXT });
  it.each<[string, readonly OnnxNode[], Partial<OnnxModel>, RegExp]>([
    ['text as numbers', [digits('b', 1)], two, /LinearRegressor.*text where its numbers/],
    [
      'text beside numbers',
      [node('Concat', 'a b', 'c', { axis: 1 }), digits('c', 2)],
      two,
      /Concat.*columns of one type/,
    ],
    [
      'columns below one another',
      [node('Concat', 'X X', 'c', { axis: 0 }), digits('c', 2)],
      {},
      /Concat/,
    ],
    [
      'numbers cut to whole ones and cast back',
      [
        node('Cast', 'X', 'c', { to: INT64 }),
        node('Cast', 'c', 'd', { to: FLOAT }),
        digits('d', 2),
      ],
      {},
      /cut to whole ones/,
    ],
    [
      'blocks beside plain columns',
      [
        node('OneHotEncoder', 'a', 'c', { cats_int64s: [1, 2] }),
        node('Concat', 'c a', 'd', { axis: -1 }),
        digits('d', 3),
      ],
      columns({ a: INT64 }),
      /Concat/,
    ],
    [
      'numbers as text',
      [node('Cast', 'X', 'c', { to: TEXT! }), digits('c', 2)],
      {},
      /makes text of numbers/,
    ],
    [
      'a column that does not exist',
      [node('Gather', 'X third', 'c', { axis: 1 }), digits('c', 1)],
      {},
      /Gather.*columns of the request/,
    ],
    [
      'blocks that are not put into one row',
      [node('OneHotEncoder', 'a', 'c', { cats_int64s: [1, 2] }), digits('c', 2)],
      columns({ a: INT64 }),
      /one-hot blocks/,
    ],
    [
      'categories of another type',
      [node('OneHotEncoder', 'a', 'c', { cats_strings: ['x'] }), digits('c', 2)],
      columns({ a: INT64 }),
      /another type than its categories/,
    ],
    [
      'a model that reads two values',
      [node('Exp', 'a', 'c'), digits('a', 1), node('Exp', 'b', 'd')],
      two,
      /node Exp/,
    ],
    [
      'inputs of unknown width',
      [node('Concat', 'a b', 'c', { axis: 1 }), digits('c', 2)],
      {
        inputs: ['a', 'b'].map((name) => ({ name, elementType: FLOAT, shape: undefined })),
      },
      /how many columns its input "a" has/,
    ],
  ])('refuses %s', (_, nodes, rest, reason) => {
    const read = () => answers(graph(nodes, { third: tensor([1], 2) }, rest), []);
    expect(read).toThrow(reason);
    expect(read).toThrow(ModelImportError);
  });
});
