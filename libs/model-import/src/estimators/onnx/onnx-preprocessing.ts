import { packArray, type TransformSpec } from '@inferserve/model';
import type { OnnxNode } from '../../files/onnx/onnx-model';
import type { FoundStep } from '../contract/converter';
import { firstOutput, type GraphWalk, refuseNode } from './graph-walk';

/** The steps from a graph's input up to its predictor. */
export interface OnnxPreprocessing {
  readonly pipeline: readonly TransformSpec[];
  readonly steps: readonly FoundStep[];
  /** The value that the predictor reads. */
  readonly value: string;
}

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

const STEPS = ['Cast', 'Identity', 'Scaler', 'Sub', 'Div', 'Mul', 'Add', 'Clip'];

/** Follows a value through nodes that act on each of its `width` columns alone. */
export function readPreprocessing(
  walk: GraphWalk,
  input: string,
  width: number,
): OnnxPreprocessing {
  const preprocessing: PreprocessingStep[] = [];
  const steps: FoundStep[] = [];
  let value = input;
  for (let node = walk.take(value, ...STEPS); node; node = walk.take(value, ...STEPS)) {
    const step = stepOf(walk, node, value, width);
    if (step) {
      const merged = merge(preprocessing.at(-1), step);
      if (merged) preprocessing[preprocessing.length - 1] = merged;
      else preprocessing.push(step);
      steps.push({ type: node.type, detail: `${width} features` });
    }
    value = firstOutput(node);
  }
  return { pipeline: preprocessing.map(specOf), steps, value };
}

function stepOf(
  walk: GraphWalk,
  node: OnnxNode,
  value: string,
  width: number,
): PreprocessingStep | undefined {
  const zeros = Array<number>(width).fill(0);
  const ones = Array<number>(width).fill(1);
  const constant = (): number[] => {
    const other = node.inputs[0] === value ? 1 : 0;
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
      return undefined;
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

function specOf(step: PreprocessingStep): TransformSpec {
  if (step.type === 'affine') {
    return { ...step, multiply: packArray(step.multiply), add: packArray(step.add) };
  }
  const { center, scale } = step;
  return { ...step, center: center && packArray(center), scale: scale && packArray(scale) };
}
