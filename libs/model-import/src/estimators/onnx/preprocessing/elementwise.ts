import { float64Values, packArray, type TransformSpec } from '@inferserve/model';
import type { OnnxNode } from '../../../files/onnx/onnx-model';
import { type GraphWalk, refuseNode } from '../graph-walk';
import { numbersOf } from './numbers-of';
import type { OnnxOperator } from './onnx-operator';

interface StandardizeStep {
  readonly type: 'standardize';
  readonly center: readonly number[] | null;
  readonly scale: readonly number[] | null;
  readonly from: string;
}

interface AffineStep {
  readonly type: 'affine';
  readonly multiply: readonly number[];
  readonly add: readonly number[];
  readonly clip?: readonly [number, number];
  readonly from: string;
}

type PreprocessingStep = StandardizeStep | AffineStep;

/** Scaler, Sub, Div, Mul, Add and Clip with constants: they act on each column alone. */
export const elementwise: OnnxOperator = {
  types: ['Scaler', 'Sub', 'Div', 'Mul', 'Add', 'Clip'],
  isStep: true,
  apply({ node, walk, values: [value] }) {
    const { layout, width } = numbersOf(node, value!);
    const step = stepOf(walk, node, width);
    const merged = merge(ownStep(value!.lastStep), step);
    return value!.after([specOf(merged ?? step)], layout.transformed(), merged !== undefined);
  },
};

function stepOf(walk: GraphWalk, node: OnnxNode, width: number): PreprocessingStep {
  const zeros = Array<number>(width).fill(0);
  const ones = Array<number>(width).fill(1);
  const constant = (): number[] => {
    const other = walk.model.tensors.has(node.inputs[0] ?? '') ? 0 : 1;
    if (other === 0 && (node.type === 'Sub' || node.type === 'Div')) {
      throw refuseNode(node, 'has its operands the other way round');
    }
    return perColumn(node, walk.constant(node, other).numbers, width);
  };
  switch (node.type) {
    case 'Scaler':
      return scaler(node, width);
    case 'Sub':
      return { type: 'standardize', center: constant(), scale: null, from: 'ONNX Sub' };
    case 'Div':
      return { type: 'standardize', center: null, scale: constant(), from: 'ONNX Div' };
    case 'Mul':
      return { type: 'affine', multiply: constant(), add: zeros, from: 'ONNX Mul' };
    case 'Add':
      return { type: 'affine', multiply: ones, add: constant(), from: 'ONNX Add' };
    case 'Clip':
      return {
        type: 'affine',
        multiply: ones,
        add: zeros,
        clip: bounds(walk, node),
        from: 'ONNX Clip',
      };
    default:
      throw refuseNode(node, 'has constants of an unknown meaning');
  }
}

/** (x − offset) · scale (ai.onnx.ml Scaler). skl2onnx stores 1/σ: dividing by its reciprocal keeps σ readable. */
function scaler(node: OnnxNode, width: number): PreprocessingStep {
  const offset = perColumn(node, node.attributes.get('offset')?.floats ?? [], width);
  const scale = perColumn(node, node.attributes.get('scale')?.floats ?? [], width);
  if (scale.every((factor) => factor > 0)) {
    return {
      type: 'standardize',
      center: offset,
      scale: scale.map((factor) => 1 / factor),
      from: 'ONNX Scaler',
    };
  }
  return {
    type: 'affine',
    multiply: scale,
    add: offset.map((shift, j) => -shift * scale[j]!),
    from: 'ONNX Scaler',
  };
}

function perColumn(node: OnnxNode, numbers: readonly number[], width: number): number[] {
  if (numbers.length === width) return [...numbers];
  if (numbers.length === 1) return Array<number>(width).fill(numbers[0]!);
  throw refuseNode(node, `has ${numbers.length} numbers for ${width} features`);
}

/** Inputs since opset 11, attributes before. */
function bounds(walk: GraphWalk, node: OnnxNode): [number, number] {
  const [low, high] = [1, 2].map((input, index) => {
    const attribute = node.attributes.get(index === 0 ? 'min' : 'max');
    if (attribute) throw refuseNode(node, 'has its bounds as attributes (opset before 11)');
    const { numbers } = walk.constant(node, input);
    return numbers.length === 1 ? numbers[0]! : NaN;
  });
  if (low! <= high!) return [low!, high!];
  throw refuseNode(node, 'has no bounds, or different ones by column');
}

/** Sub and Div are one step, and so are Mul, Add and Clip, in these orders. */
function merge(
  before: PreprocessingStep | undefined,
  step: PreprocessingStep,
): StandardizeStep | AffineStep | undefined {
  if (before?.type === 'standardize' && step.type === 'standardize') {
    const joins = before.scale === null && step.center === null;
    return joins ? { ...before, scale: step.scale, from: `${before.from}, Div` } : undefined;
  }
  if (before?.type !== 'affine' || step.type !== 'affine' || before.clip) return undefined;
  if (step.multiply.some((factor) => factor !== 1)) return undefined;
  const adds = step.add.some((shift) => shift !== 0);
  if (adds && before.add.some((shift) => shift !== 0)) return undefined;
  const { clip } = step;
  return {
    ...before,
    add: adds ? step.add : before.add,
    ...(clip && { clip }),
    from: `${before.from}, ${step.from.replace('ONNX ', '')}`,
  };
}

/** A step of this file as it was before it was packed. */
function ownStep(step: TransformSpec | undefined): PreprocessingStep | undefined {
  if (step?.type === 'affine') {
    const { multiply, add, clip, from = '' } = step;
    const [low, high] = clip ?? [];
    if (low === null || high === null) return undefined;
    return {
      type: 'affine',
      multiply: [...float64Values(multiply)],
      add: [...float64Values(add)],
      ...(low !== undefined && high !== undefined && { clip: [low, high] }),
      from,
    };
  }
  if (step?.type !== 'standardize') return undefined;
  const { center, scale, from = '' } = step;
  return {
    type: 'standardize',
    center: center && [...float64Values(center)],
    scale: scale && [...float64Values(scale)],
    from,
  };
}

function specOf(step: PreprocessingStep): TransformSpec {
  if (step.type === 'affine') {
    return { ...step, multiply: packArray(step.multiply), add: packArray(step.add) };
  }
  const { center, scale } = step;
  return { ...step, center: center && packArray(center), scale: scale && packArray(scale) };
}
