import type { OnnxModel, OnnxNode } from '../../files/onnx/onnx-model';
import { type Attribute, graph, node, tensor } from '../../../../../test/support/onnx-graph';
import { Conversion } from '../../assembly/conversion';
import { InputColumn } from '../layout/input-column';
import { Layout } from '../layout/layout';
import { openOnnx } from './open-onnx';

const three = {
  classlabels_ints: [0, 1, 2],
  coefficients: [1, 2, 3, 4, 5, 6],
  intercepts: [7, 8, 9],
  post_transform: 'SOFTMAX',
};
const two = {
  classlabels_strings: ['no', 'yes'],
  coefficients: [-1, -2, 1, 2],
  intercepts: [-3, 3],
  post_transform: 'LOGISTIC',
};
const classifier = (attributes: Readonly<Record<string, Attribute>>) =>
  node('LinearClassifier', 'X', 'label p', attributes);
const normalizer = node('Normalizer', 'p', 'q', { norm: 'L1' });

/** Scores x·W + b of two classes and what follows them. */
const plain = (...after: readonly OnnxNode[]) =>
  graph(
    [
      node('MatMul', 'X W', 'xw'),
      node('Add', 'xw b', 's'),
      node('ArgMax', 's', 'best', { axis: 1 }),
      node('ArrayFeatureExtractor', 'classes best', 'label'),
      ...after,
    ],
    {
      W: tensor([2, 2], -1, 1, -2, 2),
      b: tensor([2], -3, 3),
      classes: { shape: [2], precision: 'integer', numbers: [4, 5], text: [] },
      axis: { shape: [1], precision: 'integer', numbers: [1], text: [] },
    },
  );

/** The converted model of a graph. */
function convert(model: OnnxModel) {
  const found = openOnnx(model);
  const columns = Array.from({ length: found.input.count }, (_, j) => new InputColumn(`x${j}`));
  return found.convert(Layout.ofInput(columns), new Conversion());
}

describe('openOnnx', () => {
  it('reads a classifier of three classes', () => {
    const coefficients = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    expect(convert(graph([classifier(three)]))).toMatchObject({
      classes: [0, 1, 2],
      predictor: { coefficients, intercepts: [7, 8, 9], storedPrecision: 'float32' },
      output: { type: 'softmax' },
    });
  });

  it.each([
    ['LOGISTIC', 'sigmoid'],
    ['SOFTMAX', 'softmax-symmetric'],
    ['NONE', 'scores-only'],
  ])('makes one row of the mirrored rows of two classes: %s is %s', (transform, output) => {
    expect(convert(graph([classifier({ ...two, post_transform: transform })]))).toMatchObject({
      predictor: { coefficients: [[1, 2]], intercepts: [3] },
      output: { type: output },
    });
  });

  it('reads one-vs-rest only with a Normalizer', () => {
    const ovr = classifier({ ...three, post_transform: 'LOGISTIC' });
    expect(convert(graph([ovr, normalizer])).output.type).toBe('ovr-normalized');
    expect(() => convert(graph([ovr]))).toThrow(/do not add up to one/);
  });

  it('makes steps of the nodes before the classifier', () => {
    const after = node('LinearClassifier', 'z', 'label p', three);
    const minMax = graph(
      [node('Mul', 'X m', 'y'), node('Add', 'y a', 'c'), node('Clip', 'c lo hi', 'z'), after],
      { m: tensor([2], 2, 3), a: tensor([2], 4, 5), lo: tensor([], 0), hi: tensor([], 1) },
    );
    expect(convert(minMax).pipeline).toEqual([
      { type: 'affine', multiply: [2, 3], add: [4, 5], clip: [0, 1], from: 'ONNX Mul, Add, Clip' },
    ]);
    const standard = graph([node('Sub', 'X m', 'y'), node('Div', 'y a', 'z'), after], {
      m: tensor([2], 2, 3),
      a: tensor([2], 4, 5),
    });
    expect(convert(standard).pipeline).toEqual([
      { type: 'standardize', center: [2, 3], scale: [4, 5], from: 'ONNX Sub, Div' },
    ]);
    const scaler = node('Scaler', 'X', 'z', { offset: [2, 3], scale: [0.5, 0.25] });
    expect(convert(graph([scaler, after])).pipeline).toEqual([
      { type: 'standardize', center: [2, 3], scale: [2, 4], from: 'ONNX Scaler' },
    ]);
  });

  it('reads the graphs of float64', () => {
    const softmax = convert(plain(node('Softmax', 's', 'p', { axis: -1 })));
    expect(softmax).toMatchObject({
      classes: [4, 5],
      predictor: { coefficients: [[1, 2]], intercepts: [3] },
      output: { type: 'softmax-symmetric' },
    });
    const sigmoid = convert(
      plain(
        node('Sigmoid', 's', 'e'),
        node('Abs', 'e', 'abs'),
        node('ReduceSum', 'abs axis', 'sum'),
        node('Div', 'e sum', 'p'),
      ),
    );
    expect(sigmoid).toMatchObject({
      predictor: { storedPrecision: 'float64' },
      output: { type: 'sigmoid' },
    });
  });

  it.each([
    [
      'a declared width that its weights contradict',
      graph([classifier(three)], {}, { inputs: [{ name: 'X', elementType: 1, shape: [3, 5] }] }),
      /6 weights .* for 3 classes of 5 features/,
    ],
    [
      'a declared output of other classes',
      graph([classifier(three)], {}, { outputs: [{ name: 'p', elementType: 1, shape: [1, 4] }] }),
      /4 columns .* for 3 classes/,
    ],
    [
      'weights that do not divide among the classes',
      graph([classifier({ ...three, intercepts: [1, 2] })]),
      /6 weights and 2 intercepts for 3 classes/,
    ],
    [
      'a node that nothing makes sense of',
      graph([classifier(three), node('Exp', 'p', 'e')]),
      /node Exp/,
    ],
    ['another start', graph([node('Exp', 'X', 'e')]), /node Exp/],
    [
      'another post_transform',
      graph([classifier({ ...three, post_transform: 'PROBIT' })]),
      /PROBIT/,
    ],
    [
      'a ZipMap of other classes',
      graph([classifier(three), node('ZipMap', 'p', 'z', { classlabels_int64s: [2, 1, 0] })]),
      /other classes/,
    ],
    [
      'an opset of tomorrow',
      graph([classifier(three)], {}, { opsets: new Map([['ai.onnx.ml', 9]]) }),
      /opset 9/,
    ],
    [
      'a foreign domain',
      graph([{ ...classifier(three), domain: 'com.example' }]),
      /domain "com\.example"/,
    ],
    [
      'a Softmax along the rows',
      plain(node('Softmax', 's', 'p', { axis: 0 })),
      /along the classes/,
    ],
    [
      'operands the other way round',
      graph([node('Sub', 'm X', 'y'), node('LinearClassifier', 'y', 'label p', three)], {
        m: tensor([2], 1, 1),
      }),
      /other way round/,
    ],
  ])('refuses %s', (_, model, reason) => {
    expect(() => convert(model)).toThrow(reason);
  });
});
