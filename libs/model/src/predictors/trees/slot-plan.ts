/**
 * Where a row's values stand when trees read them: slot 0 belongs to the leaves and always sends left, the
 * last slot is never read, and each tested value has one slot for each side that its missing values take.
 */
export interface SlotPlan {
  readonly count: number;
  /** Slot of each test number of the spec. */
  readonly slotOfTest: Int32Array;
  /** Numbers (positions of the input, then sets of categories) and their two slots. */
  readonly numbers: Slots;
  readonly sets: Slots;
}

interface Slots {
  readonly indices: Int32Array;
  /** Slots where missing values go right, and where they go left; the last slot where no split reads it. */
  readonly right: Int32Array;
  readonly left: Int32Array;
}

/**
 * Gives a slot to every test that occurs. With `readsAll` all positions of the input are listed, so that rows
 * with a bad value in one that no tree tests are found too.
 */
export function planSlots(
  tests: Int32Array,
  width: number,
  setCount: number,
  readsAll: boolean,
): SlotPlan {
  const slotOfTest = new Int32Array(2 * (width + setCount) + 1);
  for (const test of tests) slotOfTest[test] = 1;
  slotOfTest[0] = 0;
  let count = 1;
  for (let test = 1; test < slotOfTest.length; test++) {
    if (slotOfTest[test] === 1) slotOfTest[test] = count++;
  }
  const unread = count;
  const slotsOf = (first: number, length: number, all: boolean): Slots => {
    const indices: number[] = [];
    for (let i = 0; i < length; i++) {
      const test = 1 + 2 * (first + i);
      if (all || slotOfTest[test] !== 0 || slotOfTest[test + 1] !== 0) indices.push(i);
    }
    const slots = (side: number) =>
      Int32Array.from(indices, (i) => slotOfTest[1 + 2 * (first + i) + side]! || unread);
    return { indices: Int32Array.from(indices), right: slots(0), left: slots(1) };
  };
  return {
    count: count + 1,
    slotOfTest,
    numbers: slotsOf(0, width, readsAll),
    sets: slotsOf(width, setCount, false),
  };
}
