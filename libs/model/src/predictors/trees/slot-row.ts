import type { IndexList, Vector } from '../../vector';
import type { CategorySets } from './category-sets';
import { keyOfBits, LARGEST_KEY, SMALLEST_KEY } from './float32-order';
import type { SlotPlan } from './slot-plan';
import type { TreesSpec } from './trees-spec';

/** From here on numbers round to an infinite float32. */
const FLOAT32_OVERFLOW = 2 ** 128 - 2 ** 103;

/** A row as trees read it. */
export interface SlotRow<Slots extends Int32Array | Float64Array = Int32Array | Float64Array> {
  readonly slots: Slots;
  /** Fills the slots from the input; `false` where the row has no answer. */
  fill(): boolean;
}

/** How numbers stand in the slots. */
interface Encoding<Slots extends Int32Array | Float64Array> {
  readonly slots: Slots;
  encode(value: number): number;
  /** Goes right at every split, goes left at every split. */
  readonly alwaysRight: number;
  readonly alwaysLeft: number;
}

type Rules = Pick<TreesSpec, 'precision' | 'missing' | 'infinite' | 'missingNumbers'>;

/** Float32 numbers as integers in the same order. */
export function keyRow(
  plan: SlotPlan,
  input: Vector,
  rules: Rules,
  sets?: CategorySets,
): SlotRow<Int32Array> {
  const single = new Float32Array(1);
  const bits = new Int32Array(single.buffer);
  const encoding = {
    slots: new Int32Array(plan.count),
    encode(value: number) {
      single[0] = value;
      return keyOfBits(bits[0]!);
    },
    alwaysRight: LARGEST_KEY,
    alwaysLeft: SMALLEST_KEY,
  };
  return slotRow(encoding, plan, input, rules, sets);
}

/** Doubles, rounded where the trees compare in single precision; NaN is never `<=` a threshold. */
export function doubleRow(
  plan: SlotPlan,
  input: Vector,
  rules: Rules,
  sets?: CategorySets,
): SlotRow<Float64Array> {
  const encoding = {
    slots: new Float64Array(plan.count),
    encode: rules.precision === 'float32' ? Math.fround : (value: number) => value,
    alwaysRight: Number.NaN,
    alwaysLeft: -Infinity,
  };
  return slotRow(encoding, plan, input, rules, sets);
}

function slotRow<Slots extends Int32Array | Float64Array>(
  { slots, encode, alwaysRight, alwaysLeft }: Encoding<Slots>,
  { numbers, sets: setSlots }: SlotPlan,
  { values, nonzero }: Vector,
  { precision, missing, infinite, missingNumbers = [] }: Rules,
  sets?: CategorySets,
): SlotRow<Slots> {
  const { indices, right, left } = numbers;
  const limit = precision === 'float32' ? FLOAT32_OVERFLOW : Infinity;
  const round = precision === 'float32' ? Math.fround : (value: number) => value;
  const marks = missingNumbers.map(round);
  const rejectsMissing = missing === 'reject';
  const rejectsInfinite = infinite === 'reject';
  slots[0] = alwaysLeft;

  const put = (entry: number, value: number): boolean => {
    if (Math.abs(value) < limit) {
      if (marks.length === 0 || !marks.includes(round(value))) {
        const code = encode(value);
        slots[right[entry]!] = code;
        slots[left[entry]!] = code;
        return true;
      }
    } else if (value === value) {
      if (rejectsInfinite) return false;
      slots[right[entry]!] = encode(value);
      slots[left[entry]!] = encode(value);
      return true;
    }
    if (rejectsMissing) return false;
    slots[right[entry]!] = alwaysRight;
    slots[left[entry]!] = alwaysLeft;
    return true;
  };
  const putAll = (): boolean => {
    for (let entry = 0; entry < indices.length; entry++) {
      if (!put(entry, values[indices[entry]!]!)) return false;
    }
    return true;
  };
  const putSets = (): void => {
    for (let entry = 0; entry < setSlots.indices.length; entry++) {
      const index = setSlots.indices[entry]!;
      const side = sets!.side(index, values[sets!.features[index]!]!);
      slots[setSlots.right[entry]!] = side === 'left' ? alwaysLeft : alwaysRight;
      slots[setSlots.left[entry]!] = side === 'right' ? alwaysRight : alwaysLeft;
    }
  };
  const putNumbers = nonzero ? sparsePut(indices, values, nonzero, put) : putAll;
  return {
    slots,
    fill() {
      if (!putNumbers()) return false;
      putSets();
      return true;
    },
  };
}

/** Sets only what the row lists, and first what the row before listed back to 0. */
function sparsePut(
  indices: Int32Array,
  values: Float64Array,
  nonzero: IndexList,
  put: (entry: number, value: number) => boolean,
): () => boolean {
  const entryOf = new Int32Array(values.length).fill(-1);
  for (let entry = 0; entry < indices.length; entry++) entryOf[indices[entry]!] = entry;
  const written = new Int32Array(indices.length);
  let writtenCount = 0;
  for (let entry = 0; entry < indices.length; entry++) put(entry, 0);
  return () => {
    for (let i = 0; i < writtenCount; i++) put(written[i]!, 0);
    writtenCount = 0;
    for (let i = 0; i < nonzero.count; i++) {
      const position = nonzero.indices[i]!;
      const entry = entryOf[position]!;
      if (entry < 0) continue;
      written[writtenCount++] = entry;
      if (!put(entry, values[position]!)) return false;
    }
    return true;
  };
}
