import type { OnnxNode, OnnxTensor } from '../../../files/onnx/onnx-model';
import { refuseNode } from '../graph-walk';
import { GraphValue, type ValueKind } from './graph-value';
import type { OnnxOperator } from './onnx-operator';

const ROW_AXES: readonly number[] = [1, -1];
/** Element types of onnx.proto. */
const FLOATS: readonly number[] = [1, 10, 11];
const INTEGERS: readonly number[] = [2, 3, 4, 5, 6, 7, 12, 13];
const TEXT = 8;

/** Values side by side. */
const concat: OnnxOperator = {
  types: ['Concat', 'FeatureVectorizer'],
  isStep: false,
  apply({ node, values }) {
    const axis = node.type === 'Concat' ? (node.attributes.get('axis')?.integer ?? Number.NaN) : 1;
    const blocked = values.filter(({ isBlocked }) => isBlocked).length;
    // Blocks of one column each stand side by side along their last axis.
    const fits = blocked === 0 ? ROW_AXES.includes(axis) : axis === -1 && blocked === values.length;
    const texts = values.filter(({ kind }) => kind === 'text').length;
    if (!fits || (texts > 0 && texts < values.length) || values.length !== node.inputs.length) {
      throw refuseNode(node, 'does not put columns of one type side by side');
    }
    return GraphValue.concat(values);
  },
};

/** Some columns of a value. */
const pick: OnnxOperator = {
  types: ['Gather', 'ArrayFeatureExtractor'],
  isStep: false,
  apply({ node, walk, values: [value] }) {
    const axis = node.type === 'Gather' ? (node.attributes.get('axis')?.integer ?? 0) : 1;
    const { numbers } = walk.constant(node, 1);
    const isSound = numbers.every(
      (at) => Number.isInteger(at) && at >= 0 && at < value!.layout.length,
    );
    const picked = isSound && ROW_AXES.includes(axis) ? value!.select(numbers) : undefined;
    if (picked) return picked;
    throw refuseNode(node, 'does not pick columns of the request');
  },
};

/** The same columns in one row. */
const reshape: OnnxOperator = {
  types: ['Reshape', 'Flatten'],
  isStep: false,
  apply({ node, walk, values: [value] }) {
    if (node.type === 'Flatten' && (node.attributes.get('axis')?.integer ?? 1) === 1) {
      return value!.flat();
    }
    const shape = node.type === 'Reshape' ? walk.constant(node, 1) : undefined;
    if (shape && isRow(shape, value!.layout.length)) return value!.flat();
    throw refuseNode(node, 'does not give rows of all columns');
  },
};

const cast: OnnxOperator = {
  types: ['Cast', 'Identity'],
  isStep: false,
  apply({ node, values: [value] }) {
    if (node.type === 'Identity') return value!;
    return value!.as(kindAfter(node, value!.kind));
  },
};

/** Operators that move or retype columns. */
export const ARRANGEMENT: readonly OnnxOperator[] = [concat, pick, reshape, cast];

function isRow({ numbers }: OnnxTensor, count: number): boolean {
  return numbers.length === 2 && numbers[0]! <= 0 && (numbers[1] === count || numbers[1] === -1);
}

function kindAfter(node: OnnxNode, kind: ValueKind): ValueKind {
  const type = node.attributes.get('to')?.integer ?? 0;
  if (kind === 'text' || type === TEXT) {
    if (kind === 'text' && type === TEXT) return kind;
    throw refuseNode(node, 'makes text of numbers, or numbers of text');
  }
  if (FLOATS.includes(type)) return kind === 'cut' ? 'cut' : 'number';
  if (INTEGERS.includes(type)) return kind === 'whole' ? 'whole' : 'cut';
  throw refuseNode(node, `casts to the element type ${type}`);
}
