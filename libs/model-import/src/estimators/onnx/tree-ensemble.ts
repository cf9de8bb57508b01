import { packArray, type PredictorSpec, type TreeNodes } from '@inferserve/model';
import type { OnnxNode } from '../../files/onnx/onnx-model';
import type { ConvertContext } from '../contract/converter';
import { treesPredictor } from '../trees/trees-predictor';
import { firstOutput, type GraphWalk, refuseNode } from './graph-walk';
import type { OnnxPosition, OnnxPredictor } from './onnx-reader';
import { ensembleTrees, type NodeArrays, nodeArrays } from './tree-nodes';
import { classLabels, readScores } from './class-scores';

/** A TreeEnsembleClassifier (ai.onnx.ml 1 to 4), with what follows its scores. */
export function readTreeClassifier(
  position: OnnxPosition,
  context: ConvertContext,
): OnnxPredictor | undefined {
  const { walk, value } = position;
  const node = walk.take(value, 'TreeEnsembleClassifier');
  if (!node) return undefined;
  const classes = classLabels(node, 'classlabels_int64s', 'classlabels_strings');
  const arrays = nodeArrays(node, 'class');
  // Two labels, but leaves of a single one: the sum is the score of the second label.
  const isSingle = classes.length === 2 && arrays.ids.every((id) => id === arrays.ids[0]);
  const scoreCount = isSingle ? 1 : classes.length;
  const { predictor, detail } = predictorOf(node, arrays, scoreCount, isSingle, position);
  skipLabel(walk, firstOutput(node));
  const isNormalized = readScores(walk, node, classes);
  context.warn(
    'trees were stored as float32: probabilities differ from the original by about 1e-7',
  );
  return {
    task: 'classification',
    classes,
    predictor,
    output: outputOf(node, arrays, isSingle, isNormalized),
    detail,
    operators: node.type,
  };
}

/** A TreeEnsembleRegressor with a single target. */
export function readTreeRegressor(
  position: OnnxPosition,
  context: ConvertContext,
): OnnxPredictor | undefined {
  const { walk, value } = position;
  const node = walk.take(value, 'TreeEnsembleRegressor');
  if (!node) return undefined;
  const targets = node.attributes.get('n_targets')?.integer ?? 1;
  const transform = node.attributes.get('post_transform')?.text || 'NONE';
  if (targets !== 1) throw refuseNode(node, `has ${targets} targets`);
  if (transform !== 'NONE')
    throw refuseNode(node, `has the post_transform ${transform.slice(0, 40)}`);
  const arrays = nodeArrays(node, 'target');
  const { predictor, detail } = predictorOf(node, arrays, 1, true, position);
  walk.skipCasts(firstOutput(node));
  context.warn('trees were stored as float32: answers differ from the original by about 1e-7');
  return {
    task: 'regression',
    predictor,
    output: { type: 'identity' },
    detail,
    operators: node.type,
  };
}

function predictorOf(
  node: OnnxNode,
  arrays: NodeArrays,
  scoreCount: number,
  isSingle: boolean,
  { layout, width }: OnnxPosition,
): { readonly predictor: PredictorSpec; readonly detail: string } {
  const base = arrays.base.length > 0 ? arrays.base : Array<number>(scoreCount).fill(0);
  if (base.length !== scoreCount) {
    throw refuseNode(node, `has ${base.length} base values for ${scoreCount} scores`);
  }
  const aggregate = node.attributes.get('aggregate_function')?.text || 'SUM';
  if (aggregate !== 'SUM' && aggregate !== 'AVERAGE') {
    throw refuseNode(node, `aggregates its trees by ${aggregate.slice(0, 40)}`);
  }
  const trees: TreeNodes[] = ensembleTrees(node, arrays, isSingle ? undefined : scoreCount, width);
  if (!arrays.takesMissing) layout.rejectMissing();
  return treesPredictor({ fault: (problem) => refuseNode(node, problem) }, trees, layout, {
    precision: 'float32',
    comparison: arrays.comparison,
    missing: arrays.takesMissing ? 'allow' : 'reject',
    infinite: 'allow',
    combine: {
      type: 'sum',
      base: packArray(base),
      ...(aggregate === 'AVERAGE' && { divisor: trees.length }),
    },
    leafWidth: scoreCount,
    from: `ONNX ${node.type}`,
  });
}

function outputOf(
  node: OnnxNode,
  { weights, base }: NodeArrays,
  isSingle: boolean,
  isNormalized: boolean,
): Extract<OnnxPredictor, { task: 'classification' }>['output'] {
  const transform = node.attributes.get('post_transform')?.text || 'NONE';
  switch (transform) {
    case 'SOFTMAX':
      if (!isSingle) return { type: 'softmax' };
      break;
    case 'LOGISTIC':
      if (isSingle) return { type: 'sigmoid' };
      return { type: isNormalized ? 'ovr-normalized' : 'sigmoids' };
    case 'NONE':
      // The label of a single score is the second one where it is above 1/2.
      if (isSingle) return { type: 'one-vs-rest' };
      if (base.length === 0 && weights.every((weight) => weight >= 0)) return { type: 'shares' };
      return { type: 'scores-only' };
  }
  throw refuseNode(node, `has the post_transform ${transform.slice(0, 40)}`);
}

/** Casts and reshapes of the label do not change which one it is. */
function skipLabel(walk: GraphWalk, label: string): void {
  let value = walk.skipCasts(label);
  for (let node = walk.take(value, 'Reshape'); node; node = walk.take(value, 'Reshape')) {
    value = walk.skipCasts(firstOutput(node));
  }
}
