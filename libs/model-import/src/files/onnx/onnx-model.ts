/** A tensor's numbers or text in C order. */
export interface OnnxTensor {
  readonly shape: readonly number[];
  readonly precision: 'float32' | 'float64' | 'integer' | 'text';
  readonly numbers: readonly number[];
  readonly text: readonly string[];
}

/** An attribute of a node; the members that its type does not have are empty. */
export interface OnnxAttribute {
  readonly float: number | undefined;
  readonly integer: number | undefined;
  readonly text: string;
  readonly floats: readonly number[];
  readonly integers: readonly number[];
  readonly strings: readonly string[];
  /** A list of numbers or text as a tensor: the `…_as_tensor` attributes and those of TreeEnsemble. */
  readonly tensor: OnnxTensor | undefined;
}

export interface OnnxNode {
  /** The operator: `Scaler`, `MatMul`, … */
  readonly type: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
  readonly offset: number;
}

/** An input or output with its declared shape; `undefined` for an axis of any length. */
export interface OnnxValue {
  readonly name: string;
  readonly elementType: number | undefined;
  readonly shape: readonly (number | undefined)[] | undefined;
}

/** An ONNX model as data (onnx.proto): a graph of nodes over named values. */
export interface OnnxModel {
  readonly producer: string;
  readonly opsets: ReadonlyMap<string, number>;
  readonly nodes: readonly OnnxNode[];
  readonly tensors: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}
