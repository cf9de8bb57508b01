import type { OnnxModel } from '../files/onnx/onnx-model';
import { LIMITS } from '../limits';
import type { LinearSource } from '../linear-source';
import { GraphWalk, refuseGraph, refuseNode } from './graph-walk';
import { readLinearClassifier } from './linear-classifier';
import { readMatMulClassifier } from './matmul-classifier';
import type { OnnxClassifier } from './onnx-classifier';
import { readPreprocessing } from './onnx-preprocessing';

/** The operator sets whose meaning of the nodes here is known, by domain. */
const OPSETS: ReadonlyMap<string, readonly [lowest: number, highest: number]> = new Map([
  ['', [9, 26] as const],
  ['ai.onnx', [9, 26] as const],
  ['ai.onnx.ml', [1, 5] as const],
]);

/**
 * The linear classifier of a graph as skl2onnx writes it: every node must be understood, and declared
 * shapes must agree with the weights.
 * @throws ModelImportError that names the first node or shape which does not fit
 */
export function foldOnnx(model: OnnxModel): LinearSource {
  checkOpsets(model);
  const walk = new GraphWalk(model);
  const input = onlyInput(model);
  const width = input.width ?? widthOfWeights(walk);
  const { preprocessing, steps, value } = readPreprocessing(walk, input.name, width);
  const classifier = readLinearClassifier(walk, value) ?? readMatMulClassifier(walk, value);
  if (!classifier) {
    const [node] = walk.consumers(value);
    if (node)
      throw refuseNode(node, 'is not part of a linear classifier that can be imported exactly');
    throw refuseGraph('does not lead to a classifier');
  }
  walk.finish();
  checkShapes(model, classifier, width);
  return {
    steps: [
      ...steps,
      { type: classifier.type, detail: `${classifier.model.coefficients.length} × ${width}` },
    ],
    featureCount: width,
    preprocessing,
    classes: classifier.classes,
    model: classifier.model,
    warnings:
      classifier.model.storedPrecision === 'float32'
        ? ['weights were stored as float32: probabilities differ from the original by about 1e-7']
        : [],
  };
}

function checkOpsets({ opsets, nodes }: OnnxModel): void {
  for (const { domain } of nodes) {
    const version = opsets.get(domain) ?? (domain === '' ? opsets.get('ai.onnx') : undefined);
    const [lowest, highest] = OPSETS.get(domain) ?? [];
    if (lowest === undefined || highest === undefined) {
      throw refuseGraph(`uses operators of the domain "${domain.slice(0, 60)}"`);
    }
    if (version === undefined || version < lowest || version > highest) {
      throw refuseGraph(
        `uses opset ${version ?? 'unknown'} of ${domain === '' ? 'ai.onnx' : domain}; ${lowest} to ${highest} are read`,
        'Convert the model again with target_opset in that range.',
      );
    }
  }
}

function onlyInput({ inputs, tensors }: OnnxModel): { name: string; width: number | undefined } {
  const free = inputs.filter(({ name }) => !tensors.has(name));
  const [input] = free;
  if (!input || free.length !== 1) {
    throw refuseGraph(
      `has ${free.length} inputs`,
      'Convert the model with one input for all features: [("X", FloatTensorType([None, d]))].',
    );
  }
  if (input.shape && input.shape.length !== 2) {
    throw refuseGraph(`takes an input of ${input.shape.length} dimensions, not rows of features`);
  }
  const width = input.shape?.[1];
  if (width !== undefined && (width < 1 || width > LIMITS.features)) {
    throw refuseGraph(`declares ${width} features`);
  }
  return { name: input.name, width };
}

/** The number of features where the input does not declare it. */
function widthOfWeights({ model }: GraphWalk): number {
  for (const { type, attributes, inputs } of model.nodes) {
    const classes = attributes.get('intercepts')?.floats.length ?? 0;
    const width =
      type === 'LinearClassifier'
        ? (attributes.get('coefficients')?.floats.length ?? 0) / classes
        : type === 'MatMul'
          ? model.tensors.get(inputs[1] ?? '')?.shape[0]
          : undefined;
    if (width !== undefined && Number.isInteger(width) && width > 0) return width;
  }
  throw refuseGraph('does not say how many features it takes');
}

/** A graph may run with declared shapes that its weights contradict, and then answers nonsense. */
function checkShapes(
  { outputs }: OnnxModel,
  { model, classes }: OnnxClassifier,
  width: number,
): void {
  for (const row of model.coefficients) {
    if (row.length !== width) {
      throw refuseGraph(`declares ${width} features, but has ${row.length} weights a class`);
    }
  }
  for (const { name, shape } of outputs) {
    const columns = shape?.[1];
    if (columns !== undefined && columns !== classes.length) {
      throw refuseGraph(
        `declares ${columns} columns of its output "${name.slice(0, 60)}" for ${classes.length} classes`,
      );
    }
  }
}
