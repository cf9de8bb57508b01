import { ArtifactError } from '../artifact/artifact.error';
import { packArray } from '../artifact/numeric-array';
import { numbersOf } from '../transforms/checked-values';
import type { Bins, OutsideBin } from './bins';
import type { DistributionCollector, DistributionForm } from './distribution-form';
import { MISSING, UNSEEN } from './outside';
import type { SharesSpec } from './shares-spec';

/** The most frequent values have a bin of their own; the others share the last one. */
const MAX_OWN_BINS = 30;
const MISSING_BIN = 0;
const UNSEEN_BIN = 1;
const FIRST_VALUE = 2;

/** Codes of known values, -1 for any other: how many rows have each. */
export function sharesOf(values: readonly (string | number | boolean)[]): DistributionForm {
  return {
    collect: () => new ShareCollector(values.length),
    bins(distribution, path) {
      if (distribution.type === 'shares') return new ShareBins(distribution, values, path);
      throw new ArtifactError(path, `must be "shares", not "${distribution.type}"`);
    },
  };
}

class ShareCollector implements DistributionCollector {
  private readonly counts: Float64Array;
  private rows = 0;
  private missing = 0;
  private other = 0;

  constructor(count: number) {
    this.counts = new Float64Array(count);
  }

  add(code: number): void {
    this.rows += 1;
    if (Number.isNaN(code)) this.missing += 1;
    else if (code < 0) this.other += 1;
    else this.counts[code]! += 1;
  }

  finish(): SharesSpec | undefined {
    const { rows, missing, other, counts } = this;
    if (rows === missing) return undefined;
    return {
      type: 'shares',
      missing: missing / rows,
      other: other / rows,
      shares: packArray(counts.map((count) => count / rows)),
    };
  }
}

class ShareBins implements Bins {
  readonly count: number;
  readonly names: readonly string[];
  readonly expected: readonly number[];
  readonly comparedAs: readonly number[];
  readonly outside: readonly OutsideBin[];
  private readonly binByCode: Uint8Array;

  constructor(
    { shares, missing, other }: SharesSpec,
    values: readonly (string | number | boolean)[],
    path: string,
  ) {
    const known = numbersOf(shares, values.length, `${path}.shares`);
    const own = [...known.keys()]
      .sort((a, b) => known[b]! - known[a]!)
      .slice(0, MAX_OWN_BINS)
      .sort((a, b) => a - b);
    const rest = FIRST_VALUE + own.length;
    this.count = rest + (values.length > own.length ? 1 : 0);
    const names = ['missing', 'unseen', ...own.map((code) => String(values[code])), 'all others'];
    this.names = names.slice(0, this.count);
    this.binByCode = new Uint8Array(values.length).fill(rest);
    for (const [i, code] of own.entries()) this.binByCode[code] = FIRST_VALUE + i;
    const expected = [missing, other, ...Array.from({ length: this.count - FIRST_VALUE }, () => 0)];
    for (const [code, share] of known.entries()) expected[this.binByCode[code]!]! += share;
    this.expected = expected;
    this.comparedAs = [...expected.keys()];
    this.outside = [
      { ...MISSING, bin: MISSING_BIN, isUnknown: missing === 0 },
      { ...UNSEEN, bin: UNSEEN_BIN, isUnknown: other === 0 },
    ];
  }

  binOf(code: number): number {
    return code >= 0 ? this.binByCode[code]! : code < 0 ? UNSEEN_BIN : MISSING_BIN;
  }
}
