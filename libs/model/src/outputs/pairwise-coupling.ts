/**
 * Probabilities of K classes from those of each pair: `pairwise[i·K + j]` is the probability of i among i and j.
 * Wu, Lin and Weng (2004), algorithm 2, with the iteration and the early stop of libsvm, so that the result
 * agrees with libsvm's beyond the precision of the method.
 */
export function coupleProbabilities(pairwise: Float64Array, into: Float64Array): void {
  const count = into.length;
  const tolerance = 0.005 / count;
  const iterations = Math.max(100, count);
  const quadratic = quadraticForm(pairwise, count);
  const products = new Float64Array(count);
  into.fill(1 / count);
  for (let iteration = 0; iteration < iterations; iteration++) {
    let total = 0;
    for (let t = 0; t < count; t++) {
      let product = 0;
      for (let j = 0; j < count; j++) product += quadratic[t * count + j]! * into[j]!;
      products[t] = product;
      total += into[t]! * product;
    }
    let error = 0;
    for (let t = 0; t < count; t++) error = Math.max(error, Math.abs(products[t]! - total));
    if (error < tolerance) return;
    for (let t = 0; t < count; t++) {
      const diagonal = quadratic[t * count + t]!;
      const step = (total - products[t]!) / diagonal;
      into[t] = into[t]! + step;
      total = (total + step * (step * diagonal + 2 * products[t]!)) / (1 + step) / (1 + step);
      for (let j = 0; j < count; j++) {
        products[j] = (products[j]! + step * quadratic[t * count + j]!) / (1 + step);
        into[j] = into[j]! / (1 + step);
      }
    }
  }
}

function quadraticForm(pairwise: Float64Array, count: number): Float64Array {
  const quadratic = new Float64Array(count * count);
  for (let t = 0; t < count; t++) {
    let diagonal = 0;
    for (let j = 0; j < count; j++) {
      if (j === t) continue;
      const reverse = pairwise[j * count + t]!;
      diagonal += reverse * reverse;
      quadratic[t * count + j] = -reverse * pairwise[t * count + j]!;
    }
    quadratic[t * count + t] = diagonal;
  }
  return quadratic;
}
