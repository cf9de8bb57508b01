import type { OnnxNode } from '../../../files/onnx/onnx-model';
import type { GraphWalk } from '../graph-walk';
import type { GraphValue } from './graph-value';

/** A node with the values that it reads; its constants are found through the walk. */
export interface OperatorCall {
  readonly node: OnnxNode;
  readonly walk: GraphWalk;
  readonly values: readonly GraphValue[];
}

/** What one kind of node, or a close family of them, does to columns before the predictor. */
export interface OnnxOperator {
  readonly types: readonly string[];
  /** Whether it changes numbers, so that reports name it; else it only moves or retypes them. */
  readonly isStep: boolean;
  /** @throws ModelImportError that names the node and what about it is not supported */
  apply(call: OperatorCall): GraphValue;
}
