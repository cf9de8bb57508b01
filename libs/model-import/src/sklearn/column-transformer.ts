import { asNdArray } from '../files/numpy/as-nd-array';
import { decodeElements } from '../files/numpy/decode-elements';
import { PyObject, type PyValue } from '../files/values/py-value';
import { LIMITS } from '../limits';
import { stringsOf } from './arrays';
import { Columns } from './columns';
import { Estimator } from './estimator';
import { StepLayers } from './step-layers';
import { flattenSteps } from './structure';
import { type FoldedTransformer, foldTransformer, isIdentity } from './transformers';

/** A transformer that also chooses and reorders columns. */
export interface FoldedSelection extends FoldedTransformer {
  /** Positions of the columns that it passes on, in their new order. */
  readonly selected: readonly number[];
}

const CURE =
  'Write the steps as a Pipeline that treats all columns alike, or scale outside and pass --no-scaler.';

/**
 * A ColumnTransformer whose parts act on each column alone: its columns come out in the order of its parts.
 * @throws ModelImportError for a part that is not affine, or a column that is used twice
 */
export function foldColumnTransformer(transformer: Estimator, width: number): FoldedSelection {
  const all = Columns.all(width);
  const names = new Map(
    stringsOf(transformer.get('feature_names_in_'))?.map((name, position) => [name, position]),
  );
  const selected: number[] = [];
  const layers = new StepLayers();
  const warnings: string[] = [];
  for (const { name, value, columns } of partsOf(transformer)) {
    const positions = positionsOf(listOf(columns), names, width, transformer);
    if (value === 'drop' || positions.length === 0) continue;
    selected.push(...positions);
    if (new Set(selected).size < selected.length) {
      throw transformer.fault('uses a column more than once', CURE);
    }
    if (value === 'passthrough') continue;
    const inner = Estimator.from(value, name);
    if (!inner) throw transformer.fault(`has a part "${name}" that is not an estimator`, CURE);
    const folds = flattenSteps(inner).map((step) => foldPart(step, positions.length));
    layers.add(
      all.select(positions),
      folds.flatMap((folded) => folded.preprocessing),
    );
    warnings.push(...folds.flatMap((folded) => folded.warnings ?? []));
  }
  if (selected.length < width) {
    warnings.push(
      `${width - selected.length} features are dropped by the ColumnTransformer but must still be sent`,
    );
  }
  return { preprocessing: layers.steps, selected, warnings };
}

interface Part {
  readonly name: string;
  readonly value: PyValue;
  readonly columns: PyValue;
}

function partsOf(transformer: Estimator): Part[] {
  const parts = transformer.require('transformers_');
  if (!Array.isArray(parts) || parts.length > LIMITS.pipelineSteps) {
    throw transformer.fault('is not a short list of parts', CURE, 'transformers_');
  }
  return parts.map((part) => {
    const [name, value = null, columns = null] = Array.isArray(part) ? part : [];
    return { name: typeof name === 'string' ? name : '?', value, columns };
  });
}

function foldPart(part: Estimator, width: number): FoldedTransformer {
  if (isIdentity(part)) return { preprocessing: [] };
  const folded = foldTransformer(part, width);
  if (folded.preprocessing.some((step) => step.type === 'affine' && step.clip)) {
    throw part.fault('clips only some columns, which an artifact cannot state', CURE);
  }
  return folded;
}

/** The columns of `remainder`, which scikit-learn 1.5 to 1.6 wraps in a list of its own. */
function listOf(columns: PyValue): PyValue {
  const wrapped = columns instanceof PyObject && columns.type.name === '_RemainderColsList';
  return wrapped && columns.state instanceof Map ? (columns.state.get('data') ?? null) : columns;
}

/** Positions that a column specification means: names, indices, a mask or a slice. */
function positionsOf(
  specification: PyValue,
  names: ReadonlyMap<string, number>,
  width: number,
  transformer: Estimator,
): number[] {
  const unknown = (): Error =>
    transformer.fault('names columns in a way that is not read', CURE, 'transformers_');
  if (specification instanceof PyObject && specification.type.name === 'slice') {
    const [start, stop, step] = specification.args;
    if ((start !== null && typeof start !== 'number') || (step ?? 1) !== 1) throw unknown();
    if (stop !== null && typeof stop !== 'number') throw unknown();
    return Columns.all(width).features.slice(start ?? 0, stop ?? width);
  }
  const array = asNdArray(specification);
  const list = array ? decodeElements(array) : specification;
  const items = Array.isArray(list) ? list : [list];
  if (items.length === width && items.every((item) => typeof item === 'boolean')) {
    return Columns.all(width).features.filter((position) => items[position]);
  }
  return items.map((item) => {
    const position = typeof item === 'string' ? names.get(item) : item;
    if (typeof position !== 'number' || !Number.isInteger(position)) throw unknown();
    const counted = position < 0 && typeof item === 'number' ? position + width : position;
    if (counted < 0 || counted >= width) throw unknown();
    return counted;
  });
}
