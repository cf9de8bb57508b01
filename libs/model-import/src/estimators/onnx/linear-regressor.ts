import { packArray, packMatrix } from '@inferserve/model';
import type { ConvertContext } from '../contract/converter';
import { firstOutput, refuseNode } from './graph-walk';
import type { OnnxPosition, OnnxPredictor } from './onnx-reader';

/** A LinearRegressor (ai.onnx.ml) with a single target. */
export function readLinearRegressor(
  { walk, value, width, layout }: OnnxPosition,
  context: ConvertContext,
): OnnxPredictor | undefined {
  const node = walk.take(value, 'LinearRegressor');
  if (!node) return undefined;
  const { attributes } = node;
  const coefficients = attributes.get('coefficients')?.floats ?? [];
  const stated = attributes.get('intercepts')?.floats ?? [];
  const intercepts = stated.length > 0 ? stated : [0];
  const targets = attributes.get('targets')?.integer ?? 1;
  const transform = attributes.get('post_transform')?.text || 'NONE';
  if (targets !== 1 || transform !== 'NONE') {
    throw refuseNode(
      node,
      `has ${targets} targets and the post_transform ${transform.slice(0, 40)}`,
    );
  }
  if (coefficients.length !== width || intercepts.length !== 1) {
    throw refuseNode(node, `has ${coefficients.length} weights for ${width} features`);
  }
  layout.rejectMissing();
  walk.skipCasts(firstOutput(node));
  context.warn('weights were stored as float32: answers differ from the original by about 1e-7');
  return {
    task: 'regression',
    predictor: {
      type: 'linear',
      coefficients: packMatrix(coefficients, width),
      intercepts: packArray(intercepts),
      storedPrecision: 'float32',
    },
    output: { type: 'identity' },
    detail: `1 × ${width}`,
    operators: node.type,
  };
}
