import type { TransformSpec } from '@inferserve/model';
import type { OnnxValue } from '../../../files/onnx/onnx-model';
import type { FoundStep } from '../../contract/converter';
import type { Layout } from '../../layout/layout';
import { firstOutput, type GraphWalk, refuseGraph, refuseNode } from '../graph-walk';
import { ARRANGEMENT } from './arrangement';
import { elementwise } from './elementwise';
import { ENCODERS } from './encoders';
import { GraphValue, type ValueKind } from './graph-value';
import { imputer } from './imputer';
import { numbersOf } from './numbers-of';
import type { OnnxOperator } from './onnx-operator';

/** The steps from a graph's inputs up to its predictor. */
export interface OnnxPreprocessing {
  readonly pipeline: readonly TransformSpec[];
  readonly steps: readonly FoundStep[];
  /** The name of the value that the predictor reads, and its columns. */
  readonly value: string;
  readonly layout: Layout;
}

const TEXT = 8;
const INT64 = 7;
const INT32 = 6;

/** Every kind of node that is read before the predictor. */
const OPERATORS: ReadonlyMap<string, OnnxOperator> = new Map(
  [elementwise, imputer, ...ENCODERS, ...ARRANGEMENT].flatMap((operator) =>
    operator.types.map((type) => [type, operator] as const),
  ),
);

/** Whether nodes of this type change numbers, so that what follows does not get those of the request. */
export function isPreprocessingStep(type: string): boolean {
  return OPERATORS.get(type)?.isStep ?? false;
}

/** Follows the inputs of a graph, in the order of its nodes, as far as their meaning is known. */
export function readPreprocessing(
  walk: GraphWalk,
  inputs: readonly (OnnxValue & { readonly width: number })[],
  input: Layout,
): OnnxPreprocessing {
  const values = new Map<string, GraphValue>();
  const steps: FoundStep[] = [];
  let start = 0;
  for (const { name, width, elementType } of inputs) {
    const columns = Array.from({ length: width }, (_, i) => start + i);
    values.set(name, GraphValue.ofInput(input, columns, kindOf(elementType)));
    start += width;
  }
  for (const node of walk.model.nodes) {
    const operator = OPERATORS.get(node.type);
    const names = node.inputs.filter((name) => name !== '' && !walk.model.tensors.has(name));
    const read = names.flatMap((name) => values.get(name) ?? []);
    if (!operator || read.length === 0 || read.length < names.length) continue;
    walk.understand(node);
    const value = operator.apply({ node, walk, values: read });
    values.set(firstOutput(node), value);
    if (operator.isStep) steps.push({ type: node.type, detail: `${value.width} features` });
  }
  const open = [...values].filter(([name]) => walk.consumers(name).length > 0);
  const [found, another] = open;
  if (!found) throw refuseGraph('does not lead to a model');
  const [name, value] = found;
  const [node] = walk.consumers(another?.[0] ?? name);
  if (another) throw refuseNode(node!, 'is not part of a model that is supported');
  const { layout } = numbersOf(node!, value);
  return { pipeline: value.pipeline(), steps, value: name, layout };
}

function kindOf(elementType: number | undefined): ValueKind {
  if (elementType === TEXT) return 'text';
  return elementType === INT64 || elementType === INT32 ? 'whole' : 'number';
}
