import type {
  OnnxAttribute,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
} from '../../libs/model-import/src/files/onnx/onnx-model';

/** An attribute of a node, as the tests write it. */
export type Attribute = string | number | readonly number[] | readonly string[];

function attribute(value: Attribute, floats: boolean): OnnxAttribute {
  const list = Array.isArray(value) ? (value as readonly (number | string)[]) : [];
  const numbers = list.filter((element) => typeof element === 'number');
  return {
    float: typeof value === 'number' ? value : undefined,
    tensor: undefined,
    integer: typeof value === 'number' ? value : undefined,
    text: typeof value === 'string' ? value : '',
    floats: floats ? numbers : [],
    integers: floats ? [] : numbers,
    strings: list.filter((element) => typeof element === 'string'),
  };
}

/** `node('Scaler', 'X', 'Y', {…})`; several names are separated by blanks. */
export function node(
  type: string,
  inputs: string,
  outputs: string,
  attributes: Readonly<Record<string, Attribute>> = {},
): OnnxNode {
  const learned = [
    'Scaler',
    'LinearClassifier',
    'LinearRegressor',
    'Normalizer',
    'ZipMap',
    'ArrayFeatureExtractor',
    'OneHotEncoder',
    'LabelEncoder',
    'Imputer',
    'FeatureVectorizer',
  ];
  const floats = ['coefficients', 'intercepts', 'offset', 'scale', 'imputed_value_floats'];
  return {
    type,
    domain: learned.includes(type) ? 'ai.onnx.ml' : '',
    inputs: inputs.split(' '),
    outputs: outputs.split(' '),
    attributes: new Map(
      Object.entries(attributes).map(([name, value]) => [
        name,
        attribute(value, floats.includes(name)),
      ]),
    ),
    offset: 0,
  };
}

/** A float64 tensor. */
export function tensor(shape: readonly number[], ...numbers: readonly number[]): OnnxTensor {
  return { shape, precision: 'float64', numbers, text: [] };
}

/** A graph with one input X of two columns. */
export function graph(
  nodes: readonly OnnxNode[],
  tensors: Readonly<Record<string, OnnxTensor>> = {},
  rest: Partial<OnnxModel> = {},
): OnnxModel {
  return {
    producer: 'test',
    opsets: new Map([
      ['', 18],
      ['ai.onnx.ml', 1],
    ]),
    nodes,
    tensors: new Map(Object.entries(tensors)),
    inputs: [{ name: 'X', elementType: 1, shape: [undefined, 2] }],
    outputs: [
      { name: 'label', elementType: 7, shape: [undefined] },
      { name: 'p', elementType: 1, shape: undefined },
    ],
    ...rest,
  };
}
