import { ArtifactError } from '../artifact/artifact.error';
import type { Bins, OutsideBin } from './bins';
import type { DistributionCollector, DistributionForm } from './distribution-form';
import { MISSING, outsideRange } from './outside';
import { type QuantilesSpec, TENTHS } from './quantiles-spec';
import { Reservoir } from './reservoir';

const MISSING_BIN = 0;
const BELOW = TENTHS + 1;
const ABOVE = TENTHS + 2;
/**
 * Equal parts of a range. For each is known how many deciles lie below it, so that hardly any value is compared with
 * more than one.
 */
const CELLS = 256;

/** Numbers that are measured: the least, the deciles and the greatest, and how many lie between them. */
export const QUANTILES: DistributionForm = {
  collect: (sampleSize) => new QuantileCollector(sampleSize),
  bins(distribution, path) {
    if (distribution.type === 'quantiles') return new QuantileBins(distribution);
    throw new ArtifactError(path, `must be "quantiles", not "${distribution.type}"`);
  },
};

class QuantileCollector implements DistributionCollector {
  private readonly sample: Reservoir;
  private rows = 0;
  private missing = 0;
  private mean = 0;
  private least = Infinity;
  private greatest = -Infinity;

  constructor(sampleSize: number) {
    this.sample = new Reservoir(sampleSize);
  }

  add(value: number): void {
    this.rows += 1;
    if (Number.isNaN(value)) {
      this.missing += 1;
      return;
    }
    const count = this.rows - this.missing;
    // Not by the difference, which can exceed all doubles.
    this.mean += value / count - this.mean / count;
    this.least = Math.min(this.least, value);
    this.greatest = Math.max(this.greatest, value);
    this.sample.add(value);
  }

  finish(): QuantilesSpec | undefined {
    const { rows, missing, mean, least, greatest } = this;
    if (rows === missing) return undefined;
    const values = this.sample.sorted();
    // The least value that a tenth, two tenths … of the values do not exceed: type 1 of Hyndman and Fan (1996).
    const deciles = Array.from(
      { length: TENTHS - 1 },
      (_, i) => values[Math.ceil(((i + 1) * values.length) / TENTHS) - 1]!,
    );
    const counts = Array.from({ length: TENTHS }, () => 0);
    for (const value of values) counts[decileOf(deciles, value)]! += 1;
    const present = (rows - missing) / rows;
    return {
      type: 'quantiles',
      missing: missing / rows,
      mean,
      quantiles: [least, ...deciles, greatest],
      shares: counts.map((count) => (count / values.length) * present),
    };
  }
}

class QuantileBins implements Bins {
  readonly count = TENTHS + 3;
  readonly names: readonly string[];
  readonly expected: readonly number[];
  readonly comparedAs: readonly number[] = Array.from({ length: this.count }, (_, bin) =>
    bin === BELOW ? 1 : bin === ABOVE ? TENTHS : bin,
  );
  readonly outside: readonly OutsideBin[];
  private readonly least: number;
  private readonly greatest: number;
  private readonly deciles: Float64Array;
  private readonly cells = new Uint8Array(CELLS + 1);
  private readonly cellsPerUnit: number;

  constructor({ quantiles, shares, missing }: QuantilesSpec) {
    this.least = quantiles[0]!;
    this.greatest = quantiles[TENTHS]!;
    this.deciles = Float64Array.from(quantiles.slice(1, TENTHS));
    this.cellsPerUnit = CELLS / (this.greatest - this.least);
    for (const decile of this.deciles) {
      const above = this.cells.subarray(this.cellOf(decile) + 1);
      for (let cell = 0; cell < above.length; cell++) above[cell]! += 1;
    }
    this.expected = [missing, ...shares];
    this.names = ['missing', ...shares.map((_, i) => `${quantiles[i]} to ${quantiles[i + 1]}`)];
    const { below, above } = outsideRange(this.least, this.greatest);
    this.outside = [
      { ...MISSING, bin: MISSING_BIN, isUnknown: missing === 0 },
      { ...below, bin: BELOW, isUnknown: true },
      { ...above, bin: ABOVE, isUnknown: true },
    ];
  }

  binOf(value: number): number {
    if (!(value >= this.least && value <= this.greatest)) return this.outsideBinOf(value);
    return 1 + decileOf(this.deciles, value, this.cells[this.cellOf(value)]);
  }

  private outsideBinOf(value: number): number {
    if (value < this.least) return BELOW;
    return value > this.greatest ? ABOVE : MISSING_BIN;
  }

  /** The part of the range that a value lies in; 0 where the range has no length, or more than doubles can say. */
  private cellOf(value: number): number {
    return ((value - this.least) * this.cellsPerUnit) | 0;
  }
}

/** How many of the deciles a value exceeds, if it is known to exceed the first ones. */
function decileOf(deciles: ArrayLike<number>, value: number, known = 0): number {
  let exceeded = known;
  while (exceeded < deciles.length && value > deciles[exceeded]!) exceeded += 1;
  return exceeded;
}
