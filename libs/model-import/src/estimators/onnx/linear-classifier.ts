import type { LinearOutput } from '../contract/linear-output';
import type { ClassLabel } from '@inferserve/model';
import type { OnnxNode } from '../../files/onnx/onnx-model';
import type { ConvertContext, ConvertedClassifier } from '../contract/converter';
import { classLabels, readScores } from './class-scores';
import { firstOutput, refuseNode } from './graph-walk';
import { linearFromRows } from './linear-rows';
import type { OnnxPosition, OnnxPredictor } from './onnx-reader';

/** A LinearClassifier (ai.onnx.ml) with what follows it: Normalizer, ZipMap, and casts of the label. */
export function readLinearClassifier(
  { walk, value, width, layout }: OnnxPosition,
  context: ConvertContext,
): OnnxPredictor | undefined {
  const node = walk.take(value, 'LinearClassifier');
  if (!node) return undefined;
  layout.rejectMissing();
  const classes = classLabels(node, 'classlabels_ints', 'classlabels_strings');
  const intercepts = node.attributes.get('intercepts')?.floats ?? [];
  const coefficients = node.attributes.get('coefficients')?.floats ?? [];
  if (intercepts.length !== classes.length || coefficients.length !== width * classes.length) {
    throw refuseNode(
      node,
      `has ${coefficients.length} weights and ${intercepts.length} intercepts for ${classes.length} classes of ${width} features`,
    );
  }
  walk.skipCasts(firstOutput(node));
  const normalized = readScores(walk, node, classes);
  const rows = classes.map((_, k) => coefficients.slice(k * width, (k + 1) * width));
  context.warn(
    'weights were stored as float32: probabilities differ from the original by about 1e-7',
  );
  return { ...modelOf(node, classes, rows, intercepts, normalized), operators: node.type };
}

function modelOf(
  node: OnnxNode,
  classes: readonly ClassLabel[],
  rows: readonly (readonly number[])[],
  intercepts: readonly number[],
  normalized: boolean,
): ConvertedClassifier {
  const transform = node.attributes.get('post_transform')?.text || 'NONE';
  const outputs: ReadonlyMap<string, LinearOutput> = new Map([
    ['SOFTMAX', 'softmax'],
    ['LOGISTIC', 'ovr-normalized'],
    ['NONE', 'scores-only'],
  ]);
  const output = outputs.get(transform);
  if (!output) throw refuseNode(node, `has the post_transform ${transform.slice(0, 40)}`);
  if (output === 'scores-only' && normalized) throw refuseNode(node, 'normalises plain scores');
  const model = linearFromRows({ classes, rows, intercepts, output, storedPrecision: 'float32' });
  if (model.output.type === 'ovr-normalized' && !normalized) {
    throw refuseNode(node, 'gives probabilities that do not add up to one (no Normalizer follows)');
  }
  return model;
}
