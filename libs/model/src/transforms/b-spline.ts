/**
 * The basis splines over one row of knots, by de Boor's recursion with the operations in the order of scipy's BSpline
 * (fitpack's fpbspl), so that the last bits agree too. The range is that from knot `degree` to the same from the end.
 */
export class BSpline {
  /** Both ends of the range. */
  readonly first: number;
  readonly last: number;
  /** Values of the `degree + 1` splines that are not 0, and those of one degree less. */
  private readonly current: Float64Array;
  private readonly previous: Float64Array;

  /** @param count how many splines; where there are fewer than the knots give, spline `n` is number `n % count` */
  constructor(
    private readonly knots: Float64Array,
    private readonly degree: number,
    readonly count: number,
  ) {
    this.first = knots[degree]!;
    this.last = knots[knots.length - degree - 1]!;
    this.current = new Float64Array(degree + 1);
    this.previous = new Float64Array(degree + 1);
  }

  /** Writes the value of each spline at `x`, or its slope; beyond the range the outermost polynomials go on. */
  evaluate(x: number, what: 'value' | 'slope', row: Float64Array): void {
    const { knots, degree, count, current, previous } = this;
    const interval = this.intervalOf(x);
    current[0] = 1;
    for (let order = 1; order <= degree; order++) {
      const isSlope = what === 'slope' && order === degree;
      for (let n = 0; n < order; n++) previous[n] = current[n]!;
      current[0] = 0;
      for (let n = 1; n <= order; n++) {
        const above = knots[interval + n]!;
        const below = knots[interval + n - order]!;
        if (above === below) {
          current[n] = 0;
        } else if (isSlope) {
          const weight = (order * previous[n - 1]!) / (above - below);
          current[n - 1] = current[n - 1]! - weight;
          current[n] = weight;
        } else {
          const weight = previous[n - 1]! / (above - below);
          current[n - 1] = current[n - 1]! + weight * (above - x);
          current[n] = weight * (x - below);
        }
      }
    }
    row.fill(0);
    for (let n = 0; n <= degree; n++) {
      const at = (interval - degree + n) % count;
      row[at] = row[at]! + current[n]!;
    }
  }

  /** The last knot of the range, but for its end, that is at most `x`; the first one where none is. */
  private intervalOf(x: number): number {
    let low = this.degree;
    let high = this.knots.length - this.degree - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.knots[middle]! <= x) low = middle;
      else high = middle;
    }
    return low;
  }
}
