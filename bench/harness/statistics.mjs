/** The value below which a share of the values lies, between neighbours by proportion. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

export function median(values) {
  return quantile(values, 0.5);
}

/** Median, median absolute deviation from it, quartiles, and all values in the order of the rounds. */
export function spread(values) {
  const middle = median(values);
  return {
    median: significant(middle),
    deviation: significant(median(values.map((value) => Math.abs(value - middle)))),
    quartiles: [significant(quantile(values, 0.25)), significant(quantile(values, 0.75))],
    values: values.map(significant),
  };
}

/** Four digits: more would be noise in a committed file. */
function significant(value) {
  return Number(value.toPrecision(4));
}
