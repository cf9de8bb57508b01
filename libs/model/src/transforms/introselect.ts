/**
 * Brings the `count` smallest of `keys` to the front, each with its index, as numpy's argpartition does it (introselect of
 * npysort/selection.cpp): of equal keys it takes the same ones. Both arrays hold `length` elements; `count` is at most that.
 */
export function introselect(
  keys: Float64Array,
  indices: Int32Array,
  length: number,
  count: number,
): void {
  const swap = (a: number, b: number): void => {
    const key = keys[a]!;
    keys[a] = keys[b]!;
    keys[b] = key;
    const index = indices[a]!;
    indices[a] = indices[b]!;
    indices[b] = index;
  };
  const kth = count - 1;
  if (kth < 3) {
    for (let i = 0; i < count; i++) {
      let least = i;
      for (let k = i + 1; k < length; k++) if (keys[k]! < keys[least]!) least = k;
      swap(i, least);
    }
    return;
  }
  if (count === length) return;
  let low = 0;
  let high = length - 1;
  for (let rounds = 2 * (31 - Math.clz32(length)); low + 1 < high; rounds--) {
    if (rounds < 0) {
      sortFrom(keys, indices, low, length);
      return;
    }
    // The median of three becomes the pivot, at `low`; the least of them stands behind it.
    const middle = low + ((high - low) >> 1);
    if (keys[high]! < keys[middle]!) swap(high, middle);
    if (keys[high]! < keys[low]!) swap(high, low);
    if (keys[low]! < keys[middle]!) swap(low, middle);
    swap(middle, low + 1);
    const pivot = keys[low]!;
    let left = low + 1;
    let right = high;
    for (;;) {
      do left++;
      while (keys[left]! < pivot);
      do right--;
      while (pivot < keys[right]!);
      if (right < left) break;
      swap(left, right);
    }
    swap(low, right);
    if (right >= kth) high = right - 1;
    if (right <= kth) low = left;
  }
  if (high === low + 1 && keys[high]! < keys[low]!) swap(high, low);
}

/** Where medians of three make no progress numpy takes other pivots; which of equal keys come first may differ there. */
function sortFrom(keys: Float64Array, indices: Int32Array, low: number, length: number): void {
  const order = Array.from({ length: length - low }, (_, i) => low + i);
  order.sort((a, b) => keys[a]! - keys[b]! || a - b);
  const sortedKeys = order.map((at) => keys[at]!);
  const sortedIndices = order.map((at) => indices[at]!);
  keys.set(sortedKeys, low);
  indices.set(sortedIndices, low);
}
