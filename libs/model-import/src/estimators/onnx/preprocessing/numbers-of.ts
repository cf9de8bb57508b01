import type { OnnxNode } from '../../../files/onnx/onnx-model';
import { refuseNode } from '../graph-walk';
import type { GraphValue } from './graph-value';

/** A value that arithmetic is done with, and the columns that are told so. */
export function numbersOf(node: OnnxNode, value: GraphValue): GraphValue {
  if (value.kind === 'text') throw refuseNode(node, 'takes text where its numbers belong');
  if (value.kind === 'cut')
    throw refuseNode(node, 'takes numbers that a Cast has cut to whole ones');
  if (value.isBlocked)
    throw refuseNode(node, 'takes one-hot blocks that nothing has put into one row');
  value.layout.useAsNumbers();
  return value;
}
