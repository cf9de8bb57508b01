import { ModelImportError } from '../../files/bytes/model-import.error';
import type { OnnxModel, OnnxNode, OnnxTensor } from '../../files/onnx/onnx-model';

const REMEDY =
  'Supported are models as skl2onnx writes them, see docs/import-your-model.md; for anything else import the joblib file instead.';

/** A walk along the nodes of a graph that knows which ones it has understood. */
export class GraphWalk {
  private readonly understood = new Set<OnnxNode>();

  constructor(readonly model: OnnxModel) {}

  /** The nodes that read a value and are not understood yet. */
  consumers(value: string): OnnxNode[] {
    return this.model.nodes.filter(
      (node) => node.inputs.includes(value) && !this.understood.has(node),
    );
  }

  /** The consumer of one of these types, marked as understood. */
  take(value: string, ...types: readonly string[]): OnnxNode | undefined {
    const node = this.consumers(value).find(({ type }) => types.includes(type));
    if (node) this.understood.add(node);
    return node;
  }

  /** What a node does is known. */
  understand(node: OnnxNode): void {
    this.understood.add(node);
  }

  /** The constant of a node's input. */
  constant(node: OnnxNode, input: number): OnnxTensor {
    const tensor = this.model.tensors.get(node.inputs[input] ?? '');
    if (tensor) return tensor;
    throw refuseNode(node, 'has no constant where its numbers belong');
  }

  /** Passes over nodes that only rename or retype a value; the value's last name. */
  skipCasts(value: string): string {
    let name = value;
    for (
      let node = this.take(name, 'Cast', 'Identity');
      node;
      node = this.take(name, 'Cast', 'Identity')
    ) {
      name = firstOutput(node);
    }
    return name;
  }

  isOutput(value: string): boolean {
    return this.model.outputs.some(({ name }) => name === value);
  }

  /** @throws ModelImportError that names a node which nothing made sense of */
  finish(): void {
    const rest = this.model.nodes.find((node) => !this.understood.has(node));
    if (rest) throw refuseNode(rest, 'is not part of a model that is supported');
  }
}

export function firstOutput(node: OnnxNode): string {
  const [output] = node.outputs;
  if (output !== undefined) return output;
  throw refuseNode(node, 'has no output');
}

export function refuseNode(node: OnnxNode, problem: string): ModelImportError {
  return new ModelImportError(problem, REMEDY, { path: `node ${node.type}`, offset: node.offset });
}

export function refuseGraph(problem: string, remedy = REMEDY): ModelImportError {
  return new ModelImportError(problem, remedy, { path: 'ONNX graph' });
}
