import { printable } from '../../files/bytes/printable';
import type { OnnxModel, OnnxValue } from '../../files/onnx/onnx-model';
import type { ConvertContext, ConvertedModel, FoundModel } from '../contract/converter';
import { LIMITS } from '../contract/limits';
import type { Layout } from '../layout/layout';
import { GraphWalk, refuseGraph, refuseNode } from './graph-walk';
import { ONNX_PREDICTORS } from './predictor-readers';
import { isPreprocessingStep, readPreprocessing } from './preprocessing/read-preprocessing';

/** The operator sets whose meaning of the nodes here is known, by domain. */
const OPSETS: ReadonlyMap<string, readonly [lowest: number, highest: number]> = new Map([
  ['', [9, 26] as const],
  ['ai.onnx', [9, 26] as const],
  ['ai.onnx.ml', [1, 5] as const],
]);
/**
 * The model of a graph as skl2onnx writes it: every node must be understood, and declared shapes must agree
 * with the weights.
 * @throws ModelImportError that names the first node or shape which does not fit
 */
export function openOnnx(model: OnnxModel): FoundModel {
  checkOpsets(model);
  const inputs = inputsOf(model);
  const hasSteps = model.nodes.some(({ type }) => isPreprocessingStep(type));
  return {
    type: model.nodes.map(({ type }) => printable(type)).join(', '),
    input: {
      count: inputs.reduce((sum, { width }) => sum + width, 0),
      // One input for all columns does not name them.
      ...(inputs.length > 1 && { names: inputs.flatMap(namesOf) }),
    },
    isBare: !hasSteps,
    hasSteps,
    convert: (layout, context) => convertGraph(model, inputs, layout, context),
  };
}

/** An input of a graph: one column, or several. */
type Input = OnnxValue & { readonly width: number };

function namesOf({ name, width }: Input): string[] {
  return width === 1 ? [name] : Array.from({ length: width }, (_, i) => `${name}_${i}`);
}

function convertGraph(
  model: OnnxModel,
  inputs: readonly Input[],
  input: Layout,
  context: ConvertContext,
): ConvertedModel {
  const walk = new GraphWalk(model);
  const { pipeline, steps, value, layout } = readPreprocessing(walk, inputs, input);
  for (const step of steps) context.step(step);
  for (const read of ONNX_PREDICTORS) {
    const found = read({ walk, value, width: layout.width, layout }, context);
    if (!found) continue;
    const { operators, ...predictor } = found;
    walk.finish();
    if (predictor.task === 'classification') checkOutputs(model, predictor.classes.length);
    context.step({ type: operators, ...(predictor.detail && { detail: predictor.detail }) });
    return { ...predictor, pipeline };
  }
  const [node] = walk.consumers(value);
  if (node) throw refuseNode(node, 'is not part of a model that is supported');
  throw refuseGraph('does not lead to a model');
}

function checkOpsets({ opsets, nodes }: OnnxModel): void {
  for (const { domain } of nodes) {
    const version = opsets.get(domain) ?? (domain === '' ? opsets.get('ai.onnx') : undefined);
    const [lowest, highest] = OPSETS.get(domain) ?? [];
    if (lowest === undefined || highest === undefined) {
      throw refuseGraph(`uses operators of the domain "${printable(domain, 60)}"`);
    }
    if (version === undefined || version < lowest || version > highest) {
      throw refuseGraph(
        `uses opset ${version ?? 'unknown'} of ${domain === '' ? 'ai.onnx' : domain}; ${lowest} to ${highest} are supported`,
        'Convert the model again with target_opset in that range.',
      );
    }
  }
}

/** The inputs that are no constants, with as many columns as they declare. */
function inputsOf(model: OnnxModel): Input[] {
  const free = model.inputs.filter(({ name }) => !model.tensors.has(name));
  if (free.length === 0) throw refuseGraph('has no inputs');
  const inputs = free.map((input) => {
    if (input.shape && input.shape.length !== 2) {
      throw refuseGraph(`takes an input of ${input.shape.length} dimensions, not rows of features`);
    }
    const width = input.shape?.[1] ?? (free.length === 1 ? widthOfWeights(model) : Number.NaN);
    if (width >= 1 && width <= LIMITS.features) return { ...input, width };
    throw refuseGraph(
      `does not say how many columns its input "${printable(input.name, 60)}" has`,
      'Convert the model with the number of columns of each input: FloatTensorType([None, 1]).',
    );
  });
  if (inputs.reduce((sum, { width }) => sum + width, 0) <= LIMITS.features) return inputs;
  throw refuseGraph(`declares more than ${LIMITS.features} features`);
}

/** The number of features where the input does not declare it. */
function widthOfWeights({ nodes, tensors }: OnnxModel): number {
  for (const { type, attributes, inputs } of nodes) {
    const classes = attributes.get('intercepts')?.floats.length ?? 0;
    const width =
      type === 'LinearClassifier'
        ? (attributes.get('coefficients')?.floats.length ?? 0) / classes
        : type === 'MatMul'
          ? tensors.get(inputs[1] ?? '')?.shape[0]
          : undefined;
    if (width !== undefined && Number.isInteger(width) && width > 0 && width <= LIMITS.features) {
      return width;
    }
  }
  throw refuseGraph('does not say how many features it takes');
}

/** A graph may run with declared shapes that its weights contradict, and then answers nonsense. */
function checkOutputs({ outputs }: OnnxModel, classCount: number): void {
  for (const { name, shape } of outputs) {
    const columns = shape?.[1];
    if (columns !== undefined && columns !== classCount) {
      throw refuseGraph(
        `declares ${columns} columns of its output "${printable(name, 60)}" for ${classCount} classes`,
      );
    }
  }
}
