import type { LinearOutput } from '../contract/linear-output';
import type { ClassLabel } from '@inferserve/model';
import type { OnnxNode } from '../../files/onnx/onnx-model';
import type { ConvertContext } from '../contract/converter';
import { firstOutput, type GraphWalk, refuseNode } from './graph-walk';
import { linearFromRows } from './linear-rows';
import type { OnnxPosition, OnnxPredictor } from './onnx-reader';

/** Rows are inputs, columns classes. */
const CLASS_AXES: readonly number[] = [1, -1];

/**
 * The graph that skl2onnx writes for float64: MatMul and Add, then ArgMax with a table of classes for the
 * label, and Softmax or Sigmoid (over its sum) for the probabilities.
 */
export function readMatMulClassifier(
  { walk, value, width, layout }: OnnxPosition,
  context: ConvertContext,
): OnnxPredictor | undefined {
  const product = walk.take(value, 'MatMul');
  if (!product) return undefined;
  layout.rejectMissing();
  const weights = walk.constant(product, 1);
  const [rowCount = 0, classCount = 0] = weights.shape;
  if (
    weights.shape.length !== 2 ||
    rowCount !== width ||
    classCount < 2 ||
    product.inputs[0] !== value
  ) {
    throw refuseNode(product, `has weights of shape ${weights.shape.join(' × ')}`);
  }
  const sum = walk.take(firstOutput(product), 'Add');
  if (!sum) throw refuseNode(product, 'is not followed by the intercepts');
  const intercepts = walk.constant(sum, sum.inputs[0] === firstOutput(product) ? 1 : 0).numbers;
  if (intercepts.length !== classCount) {
    throw refuseNode(sum, `has ${intercepts.length} intercepts for ${classCount} classes`);
  }
  const scores = firstOutput(sum);
  const classes = readLabel(walk, sum, scores, classCount);
  const rule = readProbabilities(walk, sum, scores);
  const rows = Array.from({ length: classCount }, (_, k) =>
    Array.from({ length: width }, (_, j) => weights.numbers[j * classCount + k]!),
  );
  const storedPrecision = weights.precision === 'float32' ? 'float32' : 'float64';
  if (storedPrecision === 'float32') {
    context.warn(
      'weights were stored as float32: probabilities differ from the original by about 1e-7',
    );
  }
  const model = linearFromRows({ classes, rows, intercepts, output: rule.name, storedPrecision });
  if (!rule.normalized && model.output.type === 'ovr-normalized') {
    throw refuseNode(sum, 'leads to probabilities that do not add up to one');
  }
  return { ...model, operators: 'MatMul, Add' };
}

/** ArgMax of the scores, looked up in a constant list of classes. */
function readLabel(
  walk: GraphWalk,
  sum: OnnxNode,
  scores: string,
  classCount: number,
): ClassLabel[] {
  const best = walk.take(scores, 'ArgMax');
  if (!best || !CLASS_AXES.includes(best.attributes.get('axis')?.integer ?? 0)) {
    throw refuseNode(best ?? sum, 'does not lead to an ArgMax over the classes');
  }
  const lookup = walk.take(walk.skipCasts(firstOutput(best)), 'ArrayFeatureExtractor');
  if (!lookup) throw refuseNode(best, 'is not followed by the list of classes');
  let value = walk.skipCasts(firstOutput(lookup));
  for (let node = walk.take(value, 'Reshape'); node; node = walk.take(value, 'Reshape')) {
    value = walk.skipCasts(firstOutput(node));
  }
  const { text, numbers } = walk.constant(lookup, 0);
  const labels: readonly ClassLabel[] = text.length > 0 ? text : numbers;
  if (
    labels.length === classCount &&
    labels.every((label) => typeof label === 'string' || Number.isSafeInteger(label))
  ) {
    return [...labels];
  }
  throw refuseNode(lookup, `does not name ${classCount} classes`);
}

function readProbabilities(
  walk: GraphWalk,
  sum: OnnxNode,
  scores: string,
): { name: LinearOutput; normalized: boolean } {
  const node = walk.take(scores, 'Softmax', 'Sigmoid', 'Identity');
  if (!node) {
    if (walk.isOutput(scores)) return { name: 'scores-only', normalized: true };
    throw refuseNode(sum, 'does not lead to probabilities');
  }
  const value = firstOutput(node);
  if (node.type === 'Identity') return { name: 'scores-only', normalized: true };
  if (node.type === 'Softmax') {
    checkAxis(node, node.attributes.get('axis')?.integer ?? -1);
    walk.skipCasts(value);
    return { name: 'softmax', normalized: true };
  }
  const magnitude = walk.take(value, 'Abs');
  const total = walk.take(magnitude ? firstOutput(magnitude) : value, 'ReduceSum', 'ReduceL1');
  if (!total) return { name: 'ovr-normalized', normalized: false };
  const axes = total.attributes.get('axes')?.integers ?? walk.constant(total, 1).numbers;
  checkAxis(total, axes.length === 1 ? axes[0]! : NaN);
  const quotient = walk.take(value, 'Div');
  if (quotient?.inputs[0] !== value || quotient.inputs[1] !== firstOutput(total)) {
    throw refuseNode(total, 'is not what the sigmoids are divided by');
  }
  walk.skipCasts(firstOutput(quotient));
  return { name: 'ovr-normalized', normalized: true };
}

function checkAxis(node: OnnxNode, axis: number): void {
  if (!CLASS_AXES.includes(axis)) throw refuseNode(node, 'does not work along the classes');
}
