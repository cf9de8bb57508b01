import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import { overLimit } from '../bytes/over-limit';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxValue } from './onnx-model';
import { ProtobufMessage } from './protobuf';
import { readTensor, TENSOR_NAME } from './read-tensor';

/** Field numbers of onnx.proto. */
const MODEL = { producer: 2, producerVersion: 3, graph: 7, opsets: 8 } as const;
const GRAPH = { nodes: 1, tensors: 5, inputs: 11, outputs: 12 } as const;
const NODE = { inputs: 1, outputs: 2, type: 4, attributes: 5, domain: 7 } as const;
const ATTRIBUTE = {
  name: 1,
  float: 2,
  integer: 3,
  text: 4,
  tensor: 5,
  floats: 7,
  integers: 8,
  strings: 9,
  type: 20,
} as const;
/** Values of the field `type`; files of early versions do not state it. */
const TYPE = {
  float: 1,
  integer: 2,
  text: 3,
  tensor: 4,
  floats: 6,
  integers: 7,
  strings: 8,
} as const;

/**
 * Reads an ONNX file into plain data; nothing of it is run.
 * @throws ModelImportError for a damaged file or one with more than the limits allow
 */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  const model = new ProtobufMessage(bytes);
  const graph = model.message(MODEL.graph);
  if (!graph) throw damaged('is an ONNX model without a graph', 0);
  const nodes = graph.messages(GRAPH.nodes);
  if (nodes.length > FILE_LIMITS.graphNodes)
    throw overLimit(`has a graph of ${nodes.length} nodes`);
  return {
    producer: `${model.string(MODEL.producer)} ${model.string(MODEL.producerVersion)}`.trim(),
    opsets: new Map(
      model.messages(MODEL.opsets).map((opset) => [opset.string(1), opset.integer(2) ?? 0]),
    ),
    nodes: nodes.map(readNode),
    tensors: new Map(
      graph
        .messages(GRAPH.tensors)
        .map((tensor) => [tensor.string(TENSOR_NAME), readTensor(tensor)]),
    ),
    inputs: graph.messages(GRAPH.inputs).map(readValue),
    outputs: graph.messages(GRAPH.outputs).map(readValue),
  };
}

function readNode(node: ProtobufMessage): OnnxNode {
  return {
    type: node.string(NODE.type),
    domain: node.string(NODE.domain),
    inputs: node.strings(NODE.inputs),
    outputs: node.strings(NODE.outputs),
    attributes: new Map(
      node
        .messages(NODE.attributes)
        .map((attribute) => [attribute.string(ATTRIBUTE.name), readAttribute(attribute)]),
    ),
    offset: node.offset,
  };
}

/** Only the member that the type names is looked for: a list may have millions of numbers. */
function readAttribute(attribute: ProtobufMessage): OnnxAttribute {
  const type = attribute.integer(ATTRIBUTE.type);
  const is = (member: keyof typeof TYPE): boolean => type === undefined || type === TYPE[member];
  return {
    float: is('float') ? attribute.floats(ATTRIBUTE.float).at(-1) : undefined,
    integer: is('integer') ? attribute.integer(ATTRIBUTE.integer) : undefined,
    text: is('text') ? attribute.string(ATTRIBUTE.text) : '',
    floats: is('floats') ? attribute.floats(ATTRIBUTE.floats) : [],
    integers: is('integers') ? attribute.integers(ATTRIBUTE.integers) : [],
    strings: is('strings') ? attribute.strings(ATTRIBUTE.strings) : [],
    tensor: is('tensor') ? attribute.messages(ATTRIBUTE.tensor).map(readTensor).at(-1) : undefined,
  };
}

/** ValueInfoProto: name, and the tensor type with its dimensions (maps and sequences have none). */
function readValue(value: ProtobufMessage): OnnxValue {
  const tensorType = value.message(2)?.message(1);
  const shape = tensorType?.message(2);
  return {
    name: value.string(1),
    elementType: tensorType?.integer(1),
    shape: shape?.messages(1).map((dimension) => dimension.integer(1)),
  };
}
