import type { ClassLabel } from '@inferserve/model';
import type { OnnxNode } from '../../files/onnx/onnx-model';
import { firstOutput, type GraphWalk, refuseNode } from './graph-walk';

/** Whether the scores go through a Normalizer; a ZipMap must name the same classes. */
export function readScores(
  walk: GraphWalk,
  node: OnnxNode,
  classes: readonly ClassLabel[],
): boolean {
  let value = walk.skipCasts(node.outputs[1] ?? '');
  const normalizer = walk.take(value, 'Normalizer');
  if (normalizer) {
    const norm = normalizer.attributes.get('norm')?.text || 'MAX';
    if (norm !== 'L1') throw refuseNode(normalizer, `normalises by ${norm.slice(0, 40)}`);
    value = walk.skipCasts(firstOutput(normalizer));
  }
  value = skipOnes(walk, value);
  const zipMap = walk.take(value, 'ZipMap');
  if (zipMap) {
    const named = labelsOf(zipMap, 'classlabels_int64s', 'classlabels_strings');
    if (named.length !== classes.length || named.some((label, k) => label !== classes[k])) {
      throw refuseNode(zipMap, 'names other classes than the classifier');
    }
  }
  return normalizer !== undefined;
}

/** onnxmltools multiplies probabilities by 1. */
function skipOnes(walk: GraphWalk, value: string): string {
  const isByOnes = walk
    .consumers(value)
    .some(
      (node) => node.type === 'Mul' && walk.constant(node, 1).numbers.every((one) => one === 1),
    );
  const node = isByOnes ? walk.take(value, 'Mul') : undefined;
  return node ? walk.skipCasts(firstOutput(node)) : value;
}

/** The labels of a classifier: two or more. */
export function classLabels(
  node: OnnxNode,
  integers: string,
  strings: string,
): readonly ClassLabel[] {
  const labels = labelsOf(node, integers, strings);
  if (labels.length >= 2) return labels;
  throw refuseNode(node, `names ${labels.length} classes`);
}

function labelsOf(node: OnnxNode, integers: string, strings: string): readonly ClassLabel[] {
  const text = node.attributes.get(strings)?.strings ?? [];
  return text.length > 0 ? text : (node.attributes.get(integers)?.integers ?? []);
}
